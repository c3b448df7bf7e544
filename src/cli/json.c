/* json.c - JSON, written as it goes: a comma is due before every value but the first of its bracket and the one after a key. */
#include "json.h"

#include "codeshelf/code.h"

static void separate(struct json *j)
{
    if (j->comma)
        buf_putc(&j->text, ',');
    j->comma = true;
}

void json_open(struct json *j, char bracket)
{
    separate(j);
    buf_putc(&j->text, bracket);
    j->comma = false;
}

void json_close(struct json *j, char bracket)
{
    buf_putc(&j->text, bracket);
    j->comma = true;
}

void json_key(struct json *j, const char *key)
{
    separate(j);
    buf_json(&j->text, key);
    buf_putc(&j->text, ':');
    j->comma = false;
}

void json_text(struct json *j, const char *s)
{
    separate(j);
    buf_json(&j->text, s);
}

void json_bool(struct json *j, bool b)
{
    separate(j);
    buf_puts(&j->text, b ? "true" : "false");
}

void json_number(struct json *j, long long n)
{
    separate(j);
    buf_printf(&j->text, "%lld", n);
}

void json_date(struct json *j, date d)
{
    char day[11];
    json_text(j, d ? date_print(d, day) : NULL);
}

void json_put_text(struct json *j, const char *key, const char *s)
{
    json_key(j, key);
    json_text(j, s);
}

void json_put_bool(struct json *j, const char *key, bool b)
{
    json_key(j, key);
    json_bool(j, b);
}

void json_put_number(struct json *j, const char *key, long long n)
{
    json_key(j, key);
    json_number(j, n);
}

void json_put_date(struct json *j, const char *key, date d)
{
    json_key(j, key);
    json_date(j, d);
}

void json_put_code(struct json *j, const char *key, enum codeset set, const char *code)
{
    char printed[CODE_MAX];
    json_put_text(j, key, code_print(set, code, printed));
}

void json_line(struct json *j, FILE *out)
{
    buf_putc(&j->text, '\n');
    fwrite(j->text.text, 1, j->text.len, out);
    buf_clear(&j->text);
    j->comma = false;
}

void json_free(struct json *j)
{
    buf_free(&j->text);
}
