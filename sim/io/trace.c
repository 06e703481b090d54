/* The table of trace formats, and what they share: which columns, when there is a row, and the file. */
#include "sim/io/trace.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 160 };

const TraceFormat *const trace_formats[] = {&trace_csv, &trace_mcap, NULL};

static void column_add(Trace *trace, const Signal *signal, int member)
{
    trace->columns = memory_room(trace->columns, trace->count, &trace->capacity, sizeof *trace->columns);
    trace->columns[trace->count++] = (TraceColumn){signal, member};
}

/* Members of neighbouring rows of one family stand together by member, as in the list of SCENARIOS: all of module 1,
   then all of module 2. */
static void catalogue_add(Trace *trace, int usual_only, MemberCounts counts)
{
    for (int i = 0; i < signal_count();) {
        SignalFamily family = signal_at(i)->family;
        int end = i;
        while (end < signal_count() && signal_at(end)->family == family) end++;
        int members = signal_members(family, counts.modules, counts.axles);
        for (int member = 0; member < members; member++) {
            for (int k = i; k < end; k++) {
                if (!usual_only || signal_at(k)->usual) column_add(trace, signal_at(k), member);
            }
        }
        i = end;
    }
}

static int name_add(Trace *trace, const char *name, MemberCounts counts, Text *why)
{
    if (strcmp(name, "usual") == 0 || strcmp(name, "all") == 0) {
        catalogue_add(trace, strcmp(name, "usual") == 0, counts);
        return 1;
    }
    SignalUse use;
    if (!signal_parse(name, counts, &use, why)) return 0;
    if (use.train != SIGNAL_OWN) {
        text_add(why, "a trace has a row for each train; leave the train out of the name");
        return 0;
    }
    int from = use.member == SIGNAL_ALL ? 0 : use.member;
    int to = use.member == SIGNAL_ALL ? use.members : from + 1;
    for (int member = from; member < to; member++) column_add(trace, use.signal, member);
    return 1;
}

/* 1 when the column is there already. */
static int has_column(const Trace *trace, const TraceColumn *column)
{
    for (int i = 0; i < trace->count; i++) {
        if (trace->columns[i].signal == column->signal && trace->columns[i].member == column->member) return 1;
    }
    return 0;
}

/* Time and train first, and what is named twice once. */
static void columns_order(Trace *trace, MemberCounts counts)
{
    TraceColumn *named = trace->columns;
    int count = trace->count;
    Text never = {0};
    trace->columns = NULL;
    trace->count = trace->capacity = 0;
    name_add(trace, "time_s", counts, &never);
    name_add(trace, "train", counts, &never);
    for (int i = 0; i < count; i++) {
        if (!has_column(trace, &named[i])) column_add(trace, named[i].signal, named[i].member);
    }
    free(named);
    text_free(&never);
}

int trace_choose(Trace *trace, const char *list, MemberCounts counts, Text *why)
{
    if (!list) list = "usual";
    size_t length = strlen(list);
    for (size_t from = 0; from <= length;) {
        size_t to = from + strcspn(list + from, ",");
        char name[NAME_SIZE];
        if (!text_cut(list, from, to, name, sizeof name)) {
            text_add(why, "a column's name is too long");
            return 0;
        }
        if (!name_add(trace, name, counts, why)) return 0;
        from = to + 1;
    }
    columns_order(trace, counts);
    return 1;
}

const TraceFormat *trace_format_find(const char *name)
{
    for (int i = 0; trace_formats[i]; i++) {
        if (strcmp(trace_formats[i]->name, name) == 0) return trace_formats[i];
    }
    return NULL;
}

void trace_begin(Trace *trace, const TraceFormat *format, const char *path, double step, double rate)
{
    trace->format = format;
    trace->step = step;
    trace->rate = rate;
    trace->rows = 0;
    memset(trace->rows_of, 0, sizeof trace->rows_of);
    outfile_open(&trace->file, path);
    trace->row.size = 0;
    format->head(trace);
    outfile_write(&trace->file, trace->row.bytes, trace->row.size);
}

int trace_due(const Trace *trace, int64_t tick)
{
    /* a hair more, so that a product that should be whole does not fall short of it */
    double now = floor((double)tick * trace->step * trace->rate + 1e-9);
    double before = floor((double)(tick - 1) * trace->step * trace->rate + 1e-9);
    return now > before;
}

void trace_add(Trace *trace, const Sample *sample)
{
    for (int train = 0; train < sample->train_count; train++) {
        trace->row.size = 0;
        trace->format->sample(trace, sample, train);
        outfile_write(&trace->file, trace->row.bytes, trace->row.size);
        trace->rows++;
        trace->rows_of[train]++;
    }
}

int trace_end(Trace *trace, Text *why)
{
    if (trace->format->tail) {
        trace->row.size = 0;
        trace->format->tail(trace);
        outfile_write(&trace->file, trace->row.bytes, trace->row.size);
    }
    return outfile_commit(&trace->file, why);
}

void trace_abandon(Trace *trace)
{
    outfile_abandon(&trace->file);
}

void trace_free(Trace *trace)
{
    free(trace->columns);
    text_free(&trace->row);
    *trace = (Trace){0};
}
