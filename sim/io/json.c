/* JSON by recursive descent over a copy of the text, in which strings are unescaped in place. Ignores: numbers beyond
   double, which are refused; the last of equal keys, since the first is found. */
#include "sim/io/json.h"
#include <math.h>
#include <string.h>
#include "sim/io/number.h"

enum { DEPTH_MAX = 64 };

typedef struct Reader {
    Json *json;
    char *at;
    const char *wrong; /* null so far */
} Reader;

static int value_read(Reader *reader, int depth);

static void blanks_skip(Reader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
}

static int fail(Reader *reader, const char *why)
{
    if (!reader->wrong) reader->wrong = why;
    return -1;
}

static int node_new(Reader *reader, JsonKind kind)
{
    Json *json = reader->json;
    json->nodes = memory_room(json->nodes, json->count, &json->capacity, sizeof *json->nodes);
    json->nodes[json->count] = (JsonNode){.kind = kind, .first = -1, .next = -1};
    return json->count++;
}

static int hex_read(const char *digits, unsigned *value)
{
    *value = 0;
    for (int i = 0; i < 4; i++) {
        char c = digits[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10u
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10u
                                                : 16u;
        if (digit > 15u) return 0;
        *value = 16u * *value + digit;
    }
    return 1;
}

static char *utf8_put(char *to, unsigned code)
{
    if (code < 0x80u) {
        *to++ = (char)code;
    } else if (code < 0x800u) {
        *to++ = (char)(0xC0u | code >> 6);
        *to++ = (char)(0x80u | (code & 0x3Fu));
    } else if (code < 0x10000u) {
        *to++ = (char)(0xE0u | code >> 12);
        *to++ = (char)(0x80u | (code >> 6 & 0x3Fu));
        *to++ = (char)(0x80u | (code & 0x3Fu));
    } else {
        *to++ = (char)(0xF0u | code >> 18);
        *to++ = (char)(0x80u | (code >> 12 & 0x3Fu));
        *to++ = (char)(0x80u | (code >> 6 & 0x3Fu));
        *to++ = (char)(0x80u | (code & 0x3Fu));
    }
    return to;
}

/* Behind "\u": one code point, of two halves where it is written so. Returns what follows, or null. */
static char *unicode_read(char *from, char **to)
{
    unsigned code, low;
    if (!hex_read(from, &code)) return NULL;
    from += 4;
    if (code >= 0xD800u && code < 0xDC00u) {
        if (from[0] != '\\' || from[1] != 'u' || !hex_read(from + 2, &low) || low < 0xDC00u || low > 0xDFFFu)
            return NULL;
        code = 0x10000u + ((code - 0xD800u) << 10) + (low - 0xDC00u);
        from += 6;
    }
    if (code == 0u) return NULL; /* would end the text */
    *to = utf8_put(*to, code);
    return from;
}

/* A string in quotes; returns its unescaped text, or null. */
static const char *text_read(Reader *reader)
{
    static const char written[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char *start = ++reader->at, *to = start, *from = start;
    while (*from != '"') {
        if ((unsigned char)*from < 0x20u) return NULL;
        if (*from != '\\') {
            *to++ = *from++;
            continue;
        }
        char escape = from[1];
        const char *found = escape ? strchr(written, escape) : NULL;
        if (escape == 'u') {
            from = unicode_read(from + 2, &to);
            if (!from) return NULL;
        } else if (found) {
            *to++ = meant[found - written];
            from += 2;
        } else {
            return NULL;
        }
    }
    reader->at = from + 1;
    *to = '\0';
    return start;
}

/* The members of an object or the items of an array, up to `end`. */
static int children_read(Reader *reader, JsonKind kind, char end, int depth)
{
    int node = node_new(reader, kind), last = -1;
    reader->at++;
    blanks_skip(reader);
    while (*reader->at != end) {
        if (last >= 0) {
            if (*reader->at != ',') return fail(reader, "a comma is missing");
            reader->at++;
            blanks_skip(reader);
        }
        const char *key = NULL;
        if (kind == JSON_OBJECT) {
            key = *reader->at == '"' ? text_read(reader) : NULL;
            if (!key) return fail(reader, "a key in quotes is missing");
            blanks_skip(reader);
            if (*reader->at != ':') return fail(reader, "a colon is missing");
            reader->at++;
        }
        int child = value_read(reader, depth + 1);
        if (child < 0) return -1;
        JsonNode *nodes = reader->json->nodes;
        nodes[child].key = key;
        if (last < 0) {
            nodes[node].first = child;
        } else {
            nodes[last].next = child;
        }
        nodes[node].count++;
        last = child;
        blanks_skip(reader);
    }
    reader->at++;
    return node;
}

static int word_read(Reader *reader, const char *word, JsonKind kind)
{
    size_t length = strlen(word);
    if (strncmp(reader->at, word, length) != 0) return fail(reader, "a value is missing");
    reader->at += length;
    return node_new(reader, kind);
}

static int value_read(Reader *reader, int depth)
{
    if (depth > DEPTH_MAX) return fail(reader, "nested too deeply");
    blanks_skip(reader);
    switch (*reader->at) {
    case '{': return children_read(reader, JSON_OBJECT, '}', depth);
    case '[': return children_read(reader, JSON_ARRAY, ']', depth);
    case 't': return word_read(reader, "true", JSON_TRUE);
    case 'f': return word_read(reader, "false", JSON_FALSE);
    case 'n': return word_read(reader, "null", JSON_NULL);
    default: break;
    }
    if (*reader->at == '"') {
        const char *text = text_read(reader);
        if (!text) return fail(reader, "a text does not end, or has an escape that is none");
        int node = node_new(reader, JSON_TEXT);
        reader->json->nodes[node].text = text;
        return node;
    }
    double number;
    const char *rest;
    if (number_scan(reader->at, &number, &rest) != NUMBER_FINE) return fail(reader, "a value is missing");
    reader->at += rest - reader->at;
    int node = node_new(reader, JSON_NUMBER);
    reader->json->nodes[node].number = number;
    return node;
}

int json_parse(Json *json, const char *text, size_t size, Text *why)
{
    *json = (Json){.bytes = memory_grow(NULL, size + 1, 1)};
    memcpy(json->bytes, text, size);
    json->bytes[size] = '\0';
    Reader reader = {.json = json, .at = json->bytes};
    if (strlen(json->bytes) != size) reader.wrong = "a NUL byte";
    if (!reader.wrong && value_read(&reader, 0) >= 0) {
        blanks_skip(&reader);
        if (*reader.at) reader.wrong = "something follows the value";
    }
    if (!reader.wrong) return 1;
    text_add(why, "is no JSON: ");
    text_add(why, reader.wrong);
    text_add(why, " at byte ");
    text_add_int(why, reader.at - json->bytes);
    return 0;
}

void json_free(Json *json)
{
    memory_free(json->nodes);
    memory_free(json->bytes);
    *json = (Json){0};
}

const JsonNode *json_first(const Json *json, const JsonNode *node)
{
    return node && node->first >= 0 ? &json->nodes[node->first] : NULL;
}

const JsonNode *json_next(const Json *json, const JsonNode *node)
{
    return node->next >= 0 ? &json->nodes[node->next] : NULL;
}

const JsonNode *json_member(const Json *json, const JsonNode *node, const char *key)
{
    for (const JsonNode *child = json_first(json, node); child; child = json_next(json, child)) {
        if (child->key && strcmp(child->key, key) == 0) return child;
    }
    return NULL;
}

double json_number(const Json *json, const JsonNode *node, const char *key, double fallback)
{
    const JsonNode *member = json_member(json, node, key);
    return member && member->kind == JSON_NUMBER ? member->number : fallback;
}

const char *json_text(const Json *json, const JsonNode *node, const char *key, const char *fallback)
{
    const JsonNode *member = json_member(json, node, key);
    return member && member->kind == JSON_TEXT ? member->text : fallback;
}

void json_key(Text *out, const char *before, const char *key)
{
    text_add(out, before);
    text_add_json(out, key);
    text_add(out, ": ");
}

void json_number_key(Text *out, const char *before, const char *key, double value)
{
    json_key(out, before, key);
    if (isfinite(value)) {
        number_add(out, value);
    } else {
        text_add(out, "null");
    }
}

void json_text_key(Text *out, const char *before, const char *key, const char *value)
{
    json_key(out, before, key);
    text_add_json(out, value);
}
