/* Parameter rows and signals as text, markdown or JSON. */
#pragma once
#include "sim/base/param.h"
#include "sim/io/param_section.h"

typedef enum KeysStyle { KEYS_PLAIN, KEYS_MARKDOWN, KEYS_JSON } KeysStyle;

void keys_begin(KeysStyle style, Text *out);
void keys_end(KeysStyle style, Text *out);
/* Heading of a kind of file. */
void keys_schema(const ParamSchema *schema, KeysStyle style, Text *out);
/* One section's keys; `before` sections were written before it. */
void keys_section(const ParamSchema *schema, const ParamSection *section, KeysStyle style, int before, Text *out);
/* All signals and metrics. */
void keys_signals(KeysStyle style, Text *out);
/* All kinds of faults by unit. */
void keys_faults(KeysStyle style, Text *out);
