/* The line reader before inih: cuts a text into sections and keys, joins lines that end in a backslash, takes comments
   away and complains of everything that inih would misread. */
#pragma once
#include <stddef.h>
#include "sim/io/diag.h"

enum {
    INI_LINE_MAX = 1000,     /* bytes of a line in the file */
    INI_VALUE_MAX = 65535,   /* bytes of a value joined from many lines */
    INI_SECTION_NAME_MAX = 95,
    INI_KEY_MAX = 47         /* inih cuts names at 49, two are taken by the bars around a key */
};

typedef enum IniLineKind { INI_LINE_END, INI_LINE_SECTION, INI_LINE_KEY } IniLineKind;

typedef struct IniLine {
    IniLineKind kind;
    int line;   /* of its first physical line */
    Text name;  /* of the section or key */
    Text value; /* of the key */
} IniLine;

typedef struct IniLines {
    const char *file; /* as messages show it */
    const char *bytes, *end;
    int line;
    int unnumbered; /* 1: messages show no line, the text is no file */
    int skipping; /* 1: the section's name was refused, its keys are only looked over */
    char section[INI_SECTION_NAME_MAX + 1]; /* the last one, for messages */
    Diag *diag;
} IniLines;

/* Looks over the whole text first: byte order mark, NUL bytes, bad UTF-8, CR line ends. `lines` has file, bytes, end,
   diag and unnumbered set, all else zero. Returns 0 when it is no text that lines could be read from. */
int ini_lines_begin(IniLines *lines);
/* The next section or key that is well formed; mistakes on the way go to the diag. */
IniLineKind ini_lines_next(IniLines *lines, IniLine *line);
