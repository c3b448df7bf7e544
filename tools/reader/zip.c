#include "reader/zip.h"
