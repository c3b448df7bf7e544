#include "reader/xlsx.h"
