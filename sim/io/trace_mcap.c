/* trace.mcap: the MCAP container (specification at mcap.dev, version 0) with one channel a train, topic "/train1", messages
   in JSON, whose schema names every column as trace.csv does. Plain records without chunks and without a summary, which
   readers go through from the start; log times are simulated nanoseconds. Ignores: compression. */
#include <math.h>
#include <string.h>
#include "sim/io/number.h"
#include "sim/io/trace.h"
#include "sim/io/version.h"

typedef enum McapRecord {
    MCAP_HEADER = 0x01,
    MCAP_FOOTER = 0x02,
    MCAP_SCHEMA = 0x03,
    MCAP_CHANNEL = 0x04,
    MCAP_MESSAGE = 0x05,
    MCAP_DATA_END = 0x0F
} McapRecord;

enum { MCAP_SCHEMA_ID = 1, MCAP_MAGIC_SIZE = 8 };
static const char magic[MCAP_MAGIC_SIZE + 1] = "\x89MCAP0\r\n";

/* Numbers are little-endian. */
static void whole_add(Text *out, unsigned long long value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        char byte = (char)(value >> 8 * i & 0xFFu);
        text_add_bytes(out, &byte, 1);
    }
}

static void string_add(Text *out, const char *bytes, size_t size)
{
    whole_add(out, size, 4);
    text_add_bytes(out, bytes, size);
}

static void word_add(Text *out, const char *word)
{
    string_add(out, word, strlen(word));
}

static void record_add(Text *out, McapRecord kind, const Text *content)
{
    whole_add(out, (unsigned long long)kind, 1);
    whole_add(out, content->size, 8);
    text_add_bytes(out, text_bytes(content), content->size);
}

static void column_name(const TraceColumn *column, Text *out)
{
    char name[ART_NAME_MAX];
    signal_write_name(column->signal->name, column->member, name);
    text_add_json(out, name);
}

/* A JSON schema: every column is a number, or the name of a value. */
static void schema_text(const Trace *trace, Text *out)
{
    text_add(out, "{\"type\": \"object\", \"properties\": {");
    for (int i = 0; i < trace->count; i++) {
        if (i) text_add(out, ", ");
        column_name(&trace->columns[i], out);
        text_add(out, trace->columns[i].signal->choices ? ": {\"type\": \"string\"}" : ": {\"type\": \"number\"}");
    }
    text_add(out, "}}");
}

static void mcap_head(Trace *trace)
{
    Text *out = &trace->row, content = {0}, schema = {0};
    text_add_bytes(out, magic, MCAP_MAGIC_SIZE);
    word_add(&content, "");
    word_add(&content, "artsim " ART_VERSION);
    record_add(out, MCAP_HEADER, &content);
    content.size = 0;
    schema_text(trace, &schema);
    whole_add(&content, MCAP_SCHEMA_ID, 2);
    word_add(&content, "artsim.Sample");
    word_add(&content, "jsonschema");
    string_add(&content, schema.bytes, schema.size);
    record_add(out, MCAP_SCHEMA, &content);
    text_free(&content);
    text_free(&schema);
}

/* Channels are numbered as trains, from 1, and told before their first message. */
static void channel_add(Text *out, int train)
{
    Text content = {0}, topic = {0};
    text_add(&topic, "/train");
    text_add_int(&topic, train + 1);
    whole_add(&content, (unsigned long long)train + 1, 2);
    whole_add(&content, MCAP_SCHEMA_ID, 2);
    string_add(&content, topic.bytes, topic.size);
    word_add(&content, "json");
    whole_add(&content, 0, 4); /* no metadata */
    record_add(out, MCAP_CHANNEL, &content);
    text_free(&content);
    text_free(&topic);
}

static void value_add(Text *out, const Signal *signal, double value)
{
    int index = 0;
    while (signal->choices && signal->choices[index] && index != (int)value) index++;
    if (signal->choices && signal->choices[index]) {
        text_add_json(out, signal->choices[index]);
    } else if (isfinite(value)) {
        number_add(out, value);
    } else {
        text_add(out, "null");
    }
}

static void mcap_sample(Trace *trace, const Sample *sample, int train)
{
    Text *out = &trace->row, content = {0};
    if (trace->rows_of[train] == 0) channel_add(out, train);
    unsigned long long time = (unsigned long long)floor(sample->time * 1e9 + 0.5);
    whole_add(&content, (unsigned long long)train + 1, 2);
    whole_add(&content, (unsigned long long)trace->rows_of[train], 4);
    whole_add(&content, time, 8);
    whole_add(&content, time, 8);
    text_add(&content, "{");
    for (int i = 0; i < trace->count; i++) {
        const TraceColumn *column = &trace->columns[i];
        if (i) text_add(&content, ", ");
        column_name(column, &content);
        text_add(&content, ": ");
        value_add(&content, column->signal, signal_value(column->signal, sample, train, column->member));
    }
    text_add(&content, "}");
    record_add(out, MCAP_MESSAGE, &content);
    text_free(&content);
}

static void mcap_tail(Trace *trace)
{
    Text content = {0};
    whole_add(&content, 0, 4); /* no checksum */
    record_add(&trace->row, MCAP_DATA_END, &content);
    content.size = 0;
    whole_add(&content, 0, 8); /* no summary: no start, no offsets, no checksum */
    whole_add(&content, 0, 8);
    whole_add(&content, 0, 4);
    record_add(&trace->row, MCAP_FOOTER, &content);
    text_add_bytes(&trace->row, magic, MCAP_MAGIC_SIZE);
    text_free(&content);
}

const TraceFormat trace_mcap = {
    .name = "mcap", .file = "trace.mcap", .head = mcap_head, .sample = mcap_sample, .tail = mcap_tail};
