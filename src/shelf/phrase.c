/* phrase.c - when two phrases are the same.
 *
 * A word counts without its ending, little words and the order do not count, the two spellings of English are one, and some
 * words that everybody uses alike are one as well. So one row of the vocabulary serves "kidney stone", "kidney stones" and
 * "stones in the kidney", another "burning when I pee" and "peeing burns", a third "low haemoglobin" and "hemoglobin low".
 * The words are hashed one by one and the hashes put in order: phrases of the same hashes are the same. */
#include <string.h>

#include "search.h"

size_t word_singular(const char *word, size_t n)
{
    if (n > 3 && word[n - 1] == 's' && !strchr("sui", word[n - 2]))
        return n - 1;
    return n;
}

bool word_cut_off(const char *text, struct word_span word, char letter)
{
    return word.len == 1 && text[word.start] == letter && word.start > 0
           && (text[word.start - 1] == '\'' || (unsigned char)text[word.start - 1] == 0x99);
}

bool phrase_next_word(const char *text, size_t n, size_t *at, const char **word, size_t *len)
{
    while (*at < n && (text[*at] == ' ' || text[*at] == '-'))
        ++*at;
    *word = text + *at;
    while (*at < n && text[*at] != ' ' && text[*at] != '-')
        ++*at;
    *len = (size_t)(text + *at - *word);
    return *len > 0;
}

/* A word without the endings that one row serves: "infected", "swallowing", "breathe". */
static size_t without_ending(const char *word, size_t n)
{
    if (n > 5 && memcmp(word + n - 3, "ing", 3) == 0)
        n -= 3;
    else if (n > 4 && memcmp(word + n - 2, "ed", 2) == 0 && word[n - 3] != 'e')
        n -= 2;
    else
        return n > 4 && word[n - 1] == 'e' && word[n - 2] != 'e' ? n - 1 : n;
    return n > 3 && word[n - 1] == word[n - 2] && !strchr("els", word[n - 1]) ? n - 1 : n; /* "vomitting", "stopped" */
}

/* The word as it counts: none for the little words, one for words that are used alike. */
static bool plain_word(const char **word, size_t *len)
{
#define WORD(word, plain) {word, plain, sizeof word - 1, sizeof plain - 1}
    static const struct {
        const char *word, *plain; /* word without its ending; plain "": passed over */
        size_t n, nplain;
    } alike[26][7] = { /* by first letter; what is left over ends them */
        ['a' - 'a'] = {WORD("ach", "pain"), WORD("ache", "pain"), WORD("am", ""), WORD("are", "")},
        ['b' - 'a'] = {WORD("blockag", "block"), WORD("break", "broken"), WORD("brok", "broken")},
        ['c' - 'a'] = {WORD("cannot", "cant"), WORD("couldnt", "cant")},
        ['d' - 'a'] = {WORD("decreas", "low"), WORD("difficult", "cant"), WORD("difficulti", "cant"),
                         WORD("difficulty", "cant")},
        ['e' - 'a'] = {WORD("elevat", "high"), WORD("enlargement", "enlarg")},
        ['f' - 'a'] = {WORD("fractur", "broken")},
        ['g' - 'a'] = {WORD("get", ""), WORD("got", "")},
        ['h' - 'a'] = {WORD("has", ""), WORD("have", ""), WORD("her", ""), WORD("his", ""), WORD("hurt", "pain")},
        ['i' - 'a'] = {WORD("in", ""), WORD("increas", "high"), WORD("infection", "infect"), WORD("is", ""),
                         WORD("issu", "cant"), WORD("itchy", "itch")},
        ['k' - 'a'] = {WORD("keep", "")},
        ['l' - 'a'] = {WORD("level", "")},
        ['m' - 'a'] = {WORD("my", "")},
        ['n' - 'a'] = {WORD("numbness", "numb")},
        ['o' - 'a'] = {WORD("of", ""), WORD("on", "")},
        ['p' - 'a'] = {WORD("painful", "pain"), WORD("problem", "cant")},
        ['r' - 'a'] = {WORD("rais", "high"), WORD("really", ""), WORD("reduc", "low"), WORD("removal", "remov")},
        ['s' - 'a'] = {WORD("stiffness", "stiff"), WORD("swollen", "swell")},
        ['t' - 'a'] = {WORD("the", ""), WORD("their", ""), WORD("to", ""), WORD("torn", "tear"), WORD("troubl", "cant")},
        ['u' - 'a'] = {WORD("unabl", "cant")},
        ['v' - 'a'] = {WORD("very", "")},
        ['w' - 'a'] = {WORD("was", ""), WORD("weakness", "weak"), WORD("when", ""), WORD("while", "")},
        ['y' - 'a'] = {WORD("your", "")},
    };
#undef WORD

    *len = without_ending(*word, word_singular(*word, *len));
    const unsigned letter = *len ? (unsigned)(**word - 'a') : 26;
    for (size_t i = 0; letter < 26 && alike[letter][i].word; i++)
        if (alike[letter][i].n == *len && memcmp(alike[letter][i].word, *word, *len) == 0) {
            *word = alike[letter][i].plain;
            *len = alike[letter][i].nplain;
            break;
        }
    return *len > 0;
}

/* Whether a letter is one that American spelling leaves out before the next: "oedema", "anaemia", "tumour". */
static bool is_british(char before, char letter, char next)
{
    return next == 'e' ? letter == 'o' || letter == 'a' : next == 'r' && letter == 'u' && before == 'o';
}

bool phrase_word_hash(const char *word, size_t n, uint32_t *whole, uint32_t *start)
{
    size_t letters = 0;

    if (!plain_word(&word, &n))
        return false;
    *whole = 2166136261u;
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && is_british(i ? word[i - 1] : ' ', word[i], word[i + 1]))
            continue;
        *whole = (*whole ^ (unsigned char)(word[i] == 'z' ? 's' : word[i] | ' ')) * 16777619u; /* BAD as bad */
        if (++letters <= PHRASE_START)
            *start = *whole;
    }
    return true;
}

/* The words of a term, plain, in the order of their hashes; a term of little words alone has none. */
static size_t hash_each(const char *text, size_t n, uint32_t *hashes)
{
    const char *word;
    size_t at = 0, len, count = 0;
    uint32_t hash, start;

    while (count < PHRASE_WORDS_MAX && phrase_next_word(text, n, &at, &word, &len)) {
        if (!phrase_word_hash(word, len, &hash, &start))
            continue;
        size_t place = count++;
        for (; place > 0 && hashes[place - 1] > hash; place--)
            hashes[place] = hashes[place - 1];
        hashes[place] = hash;
    }
    return count;
}

uint32_t phrase_hash(const char *text, size_t n)
{
    uint32_t hashes[PHRASE_WORDS_MAX], hash = 0;
    const size_t count = hash_each(text, n, hashes);

    for (size_t i = 0; i < count; i++)
        hash = (hash ^ hashes[i]) * 16777619u;
    return hash ^ hash >> 15;
}

bool phrase_same(const char *a, size_t na, const char *b, size_t nb)
{
    uint32_t x[PHRASE_WORDS_MAX], y[PHRASE_WORDS_MAX];
    const size_t n = hash_each(a, na, x);

    return n > 0 && n == hash_each(b, nb, y) && memcmp(x, y, n * sizeof *x) == 0;
}
