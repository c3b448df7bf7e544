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
    static const struct {
        const char *word, *plain; /* word without its ending; plain "": passed over */
    } alike[] = {{"ach", "pain"}, {"ache", "pain"}, {"am", ""}, {"are", ""}, {"blockag", "block"},
                 {"break", "broken"}, {"brok", "broken"}, {"cannot", "cant"}, {"couldnt", "cant"},
                 {"decreas", "low"}, {"difficult", "cant"}, {"difficulti", "cant"}, {"difficulty", "cant"},
                 {"elevat", "high"}, {"enlargement", "enlarg"}, {"fractur", "broken"}, {"get", ""}, {"got", ""},
                 {"has", ""}, {"have", ""}, {"her", ""}, {"his", ""}, {"hurt", "pain"}, {"in", ""},
                 {"increas", "high"}, {"infection", "infect"}, {"is", ""}, {"issu", "cant"}, {"itchy", "itch"},
                 {"keep", ""}, {"level", ""}, {"my", ""}, {"numbness", "numb"}, {"of", ""}, {"on", ""},
                 {"painful", "pain"}, {"problem", "cant"}, {"rais", "high"}, {"really", ""}, {"reduc", "low"},
                 {"removal", "remov"}, {"stiffness", "stiff"}, {"swollen", "swell"}, {"the", ""}, {"their", ""},
                 {"to", ""}, {"torn", "tear"}, {"troubl", "cant"}, {"unabl", "cant"}, {"very", ""}, {"was", ""},
                 {"weakness", "weak"}, {"when", ""}, {"while", ""}, {"your", ""}};

    *len = without_ending(*word, word_singular(*word, *len));
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (alike[i].word[0] == **word && strlen(alike[i].word) == *len && memcmp(alike[i].word, *word, *len) == 0) {
            *word = alike[i].plain;
            *len = strlen(*word);
            break;
        }
    return *len > 0;
}

/* Whether a letter is one that American spelling leaves out: "oedema", "anaemia", "tumour". */
static bool is_british(const char *word, size_t n, size_t at)
{
    if (at + 1 >= n)
        return false;
    return (word[at + 1] == 'e' && (word[at] == 'o' || word[at] == 'a'))
           || (word[at + 1] == 'r' && word[at] == 'u' && at > 0 && word[at - 1] == 'o');
}

bool phrase_word_hash(const char *word, size_t n, uint32_t *whole, uint32_t *start)
{
    size_t letters = 0;

    if (!plain_word(&word, &n))
        return false;
    *whole = 2166136261u;
    for (size_t i = 0; i < n; i++) {
        if (is_british(word, n, i))
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
