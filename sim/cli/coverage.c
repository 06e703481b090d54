/* Table of faults against modes; a cell has one letter a kind of place at which the fault began in that mode, and a dot where
   it never did, so that what was not tried is seen. Ignores: whether the train noticed; the runs' own results tell. */
#include "sim/cli/coverage.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/exit_codes.h"
#include "sim/fault/fault.h"
#include "sim/io/file_bytes.h"
#include "sim/io/text.h"
#include "sim/world/record.h"

enum { MODES = MODE_FINISHED + 1, KINDS_MAX = 128, DEPTH_MAX = 6, EVENTS_FILE_MAX = 268435456 };

typedef struct Coverage {
    int begun[KINDS_MAX][MODES][FAULT_PLACE_KINDS];
    int runs;
} Coverage;

/* Index of the value of `"key": "value"` in a line among the names; -1 when it is not one of them. */
static int value_index(const char *line, const char *key, const char *const *names)
{
    Text mark = {0};
    text_add_json(&mark, key);
    text_add(&mark, ": \"");
    const char *at = strstr(line, mark.bytes);
    size_t skip = mark.size;
    text_free(&mark);
    for (int i = 0; at && names[i]; i++) {
        size_t length = strlen(names[i]);
        if (strncmp(at + skip, names[i], length) == 0 && at[skip + length] == '"') return i;
    }
    return -1;
}

static void line_count(const char *line, Coverage *coverage)
{
    static const char *const fault_on[] = {"fault_on", NULL};
    if (value_index(line, "event", fault_on) != 0) return;
    int mode = value_index(line, "mode", drive_mode_names), place = value_index(line, "place", fault_place_names);
    for (int i = 0; i < fault_kind_count() && i < KINDS_MAX && mode >= 0 && place >= 0; i++) {
        const char *const unit[] = {fault_kind_at(i)->unit, NULL}, *const kind[] = {fault_kind_at(i)->kind, NULL};
        if (value_index(line, "unit", unit) == 0 && value_index(line, "kind", kind) == 0)
            coverage->begun[i][mode][place]++;
    }
}

static void file_count(const char *path, Coverage *coverage)
{
    FileBytes file;
    Text why = {0};
    if (file_bytes_read(path, EVENTS_FILE_MAX, &file, &why)) {
        coverage->runs++;
        for (char *line = strtok(file.bytes, "\n"); line; line = strtok(NULL, "\n")) line_count(line, coverage);
        file_bytes_free(&file);
    }
    text_free(&why);
}

static void folder_count(const char *folder, int depth, Coverage *coverage)
{
    DIR *list = depth < DEPTH_MAX ? opendir(folder) : NULL;
    if (!list) return;
    for (const struct dirent *item = readdir(list); item; item = readdir(list)) {
        if (item->d_name[0] == '.') continue;
        Text path = {0};
        text_add(&path, folder);
        text_add(&path, "/");
        text_add(&path, item->d_name);
        if (strcmp(item->d_name, "events.jsonl") == 0) file_count(path.bytes, coverage);
        else folder_count(path.bytes, depth + 1, coverage);
        text_free(&path);
    }
    closedir(list);
}

static void table_print(const Coverage *coverage)
{
    static const char letters[FAULT_PLACE_KINDS + 1] = "scgpe";
    int filled = 0, cells = 0, untried = 0, kinds = fault_kind_count() < KINDS_MAX ? fault_kind_count() : KINDS_MAX;
    printf("%d runs; places: s straight, c curve, g grade, p platform, e endless plane; a dot: never\n\n%-32s",
           coverage->runs, "fault");
    for (int m = 0; m < MODES; m++) printf("%-11s", drive_mode_names[m]);
    putchar('\n');
    for (int i = 0; i < kinds; i++) {
        int before = filled;
        printf("%-17s%-15s", fault_kind_at(i)->unit, fault_kind_at(i)->kind);
        for (int m = 0; m < MODES; m++) {
            char cell[FAULT_PLACE_KINDS + 1] = {0};
            for (int p = 0; p < FAULT_PLACE_KINDS; p++) {
                int begun = coverage->begun[i][m][p] > 0;
                cell[p] = begun ? letters[p] : '.';
                filled += begun;
                cells++;
            }
            printf("%-11s", cell);
        }
        putchar('\n');
        untried += filled == before;
    }
    printf("\n%d of %d cells; %d of %d kinds of faults were never tried\n", filled, cells, untried, kinds);
}

int coverage_print(const char *folder)
{
    Coverage *coverage = memory_new(sizeof *coverage);
    folder_count(folder, 0, coverage);
    int found = coverage->runs > 0;
    if (found) table_print(coverage);
    else fprintf(stderr, "artsim list: no events.jsonl below %s\n", folder);
    free(coverage);
    return found ? ART_EXIT_PASSED : ART_EXIT_NOTHING;
}
