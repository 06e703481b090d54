/* Tables as CSV: decimal points, commas between columns, no quotes. What all of them have in common: the file as text, its
   lines as cells, numbers, and what spreadsheets do to them. */
#pragma once
#include "sim/io/diag.h"
#include "sim/io/file_bytes.h"

enum { CSV_CELLS_MAX = 128 };

typedef struct Csv {
    const char *file; /* as messages show it */
    Diag *diag;
    const char *first;   /* what the first line names, in messages: "time_s first" */
    const char *example; /* of such a line */
    int line;            /* of the cells */
    char *cells[CSV_CELLS_MAX]; /* without blanks around them */
    int cell_count;      /* 0: a blank line */
    FileBytes text;
    char *at;            /* the next line */
} Csv;

/* Reads the file; `csv` has file, diag, first and example, all else zero. Returns 0, with a message, when it is no text of
   lines with commas. */
int csv_open(Csv *csv, const char *path);
/* Cuts the next line into cells; returns 0 at the end. */
int csv_next(Csv *csv);
/* 1 when the line has so many cells; else complains. */
int csv_has_cells(const Csv *csv, int need);
/* A cell as a number; 0 with a message when it is none. */
double csv_number(const Csv *csv, const char *cell);
/* A message about the line, joined from three parts. */
void csv_complain(const Csv *csv, const char *what, const char *which, const char *right);
void csv_close(Csv *csv);
