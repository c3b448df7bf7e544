#include "reader/xml.h"
