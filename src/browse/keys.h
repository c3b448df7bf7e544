/* keys.h - what a person does, as one number: a character is its code point, a key without one comes after the last. */
#ifndef CODESHELF_BROWSE_KEYS_H
#define CODESHELF_BROWSE_KEYS_H

enum key {
    KEYS_NONE = 0,
    KEYS_TAB = '\t',
    KEYS_ENTER = '\n',
    KEYS_ESC = 27,
    KEYS_BACKSPACE = 127,
    KEYS_UP = 0x110000, /* behind the last code point */
    KEYS_DOWN,
    KEYS_LEFT,
    KEYS_RIGHT,
    KEYS_PAGE_UP,
    KEYS_PAGE_DOWN,
    KEYS_HOME,
    KEYS_END,
    KEYS_DELETE,
    KEYS_BACKTAB
};

#endif
