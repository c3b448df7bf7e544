#include "codeshelf/error.h"
