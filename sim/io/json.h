/* JSON (RFC 8259): pieces of what this program writes, and a reader of it: result.json, manifests, records. */
#pragma once
#include "sim/io/text.h"

/* Adds `before`, then "key": and the value, a number as the shortest decimals that read back, null when it is none. */
void json_number_key(Text *out, const char *before, const char *key, double value);
void json_text_key(Text *out, const char *before, const char *key, const char *value);
/* Adds `before` and "key": alone. */
void json_key(Text *out, const char *before, const char *key);

typedef enum JsonKind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT } JsonKind;

/* A value; children of arrays and objects hang on `first` and `next`. */
typedef struct JsonNode {
    JsonKind kind;
    const char *key;  /* of a member of an object, else null */
    const char *text; /* JSON_TEXT, unescaped */
    double number;    /* JSON_NUMBER */
    int first, next;  /* index of the first child, of the next sibling; -1 none */
    int count;        /* children */
} JsonNode;

typedef struct Json {
    JsonNode *nodes; /* [0] is the whole */
    int count, capacity;
    char *bytes; /* what texts and keys point into */
} Json;

/* Returns 0 and says why when the text is not JSON. Free it in any case. */
int json_parse(Json *json, const char *text, size_t size, Text *why);
void json_free(Json *json);
/* The member of an object; null when there is none, or the node is null or no object. */
const JsonNode *json_member(const Json *json, const JsonNode *node, const char *key);
/* Children in order: json_first, then json_next until null. */
const JsonNode *json_first(const Json *json, const JsonNode *node);
const JsonNode *json_next(const Json *json, const JsonNode *node);
/* The member's value when it is of that kind, else the fallback. */
double json_number(const Json *json, const JsonNode *node, const char *key, double fallback);
const char *json_text(const Json *json, const JsonNode *node, const char *key, const char *fallback);
