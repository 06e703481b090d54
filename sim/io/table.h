/* A CSV table in memory: traces, goldens, results. Cells are texts; lines that begin with '#' are remarks. */
#pragma once
#include "sim/io/text.h"

typedef struct Table {
    char *bytes;        /* what cells point into */
    const char **names; /* of the columns */
    int column_count;
    const char **cells; /* row by row */
    int row_count;
} Table;

/* Returns 0 and says why when it is no table: a row with another number of cells, no row of names. Free it in any case. */
int table_parse(Table *table, const char *bytes, size_t size, Text *why);
/* The same from a file. */
int table_read(Table *table, const char *path, Text *why);
void table_free(Table *table);
/* Index of a column, or -1. */
int table_column(const Table *table, const char *name);
const char *table_cell(const Table *table, int row, int column);

/* How two tables compare, column by column; what stands in one of them alone is counted. */
typedef struct TableDiff {
    int rows_a, rows_b, columns_apart;
    int cells; /* that differ beyond the tolerance */
    int row;   /* of the first of these, -1 none */
    const char *column;
    const char *cell_a, *cell_b;
    const char *worst;              /* column of the greatest difference for its range, or null */
    double worst_size, worst_share; /* in its unit, as a share of its range */
} TableDiff;

/* Two numbers count as equal when they differ by no more than `absolute` + `relative` times the greater one; everything
   else must be the same text. The column `skip` is left out; null: none. */
TableDiff table_compare(const Table *a, const Table *b, double absolute, double relative, const char *skip);
