/* support.h - what every test includes: cmocka with the headers it needs, in the order it needs them. */
#ifndef CODESHELF_TESTS_SUPPORT_H
#define CODESHELF_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
