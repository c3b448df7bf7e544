/* choice.h - what the application tells the view of choices beyond the operations of every view. */
#ifndef CODESHELF_BROWSE_CHOICE_H
#define CODESHELF_BROWSE_CHOICE_H

/* Puts the cursor on the choice whose title has most of the words; stays where none has one. */
void choice_prefer(void *state, const char *words);

#endif
