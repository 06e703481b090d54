/* trace.csv. Values stand in the unit that their name carries; a signal with named values (mode) is written by name.
   Ignores: any other format of a trace. */
#include "sim/io/trace_csv.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/io/number.h"

enum { NAME_SIZE = 160 };

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
    int from = use.member == SIGNAL_ALL ? 0 : use.member;
    int to = use.member == SIGNAL_ALL ? use.members : from + 1;
    for (int member = from; member < to; member++) column_add(trace, use.signal, member);
    return 1;
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
    return 1;
}

void trace_begin(Trace *trace, const char *path, double step, double rate)
{
    trace->step = step;
    trace->rate = rate;
    outfile_open(&trace->file, path);
    for (int i = 0; i < trace->count; i++) {
        char name[ART_NAME_MAX];
        signal_write_name(trace->columns[i].signal->name, trace->columns[i].member, name);
        if (i) text_add(&trace->row, ",");
        text_add(&trace->row, name);
    }
    text_add(&trace->row, "\n");
    outfile_write(&trace->file, trace->row.bytes, trace->row.size);
}

int trace_due(const Trace *trace, int64_t tick)
{
    /* a hair more, so that a product that should be whole does not fall short of it */
    double now = floor((double)tick * trace->step * trace->rate + 1e-9);
    double before = floor((double)(tick - 1) * trace->step * trace->rate + 1e-9);
    return now > before;
}

static void cell_add(Text *row, const Signal *signal, double value)
{
    if (signal->choices && value >= 0.0) {
        int index = 0;
        while (signal->choices[index] && index < (int)value) index++;
        if (signal->choices[index]) {
            text_add(row, signal->choices[index]);
            return;
        }
    }
    number_add(row, value);
}

void trace_add(Trace *trace, const Sample *sample)
{
    for (int train = 0; train < sample->train_count; train++) {
        trace->row.size = 0;
        for (int i = 0; i < trace->count; i++) {
            const TraceColumn *column = &trace->columns[i];
            if (i) text_add_bytes(&trace->row, ",", 1);
            cell_add(&trace->row, column->signal, signal_value(column->signal, sample, train, column->member));
        }
        text_add_bytes(&trace->row, "\n", 1);
        outfile_write(&trace->file, trace->row.bytes, trace->row.size);
    }
}

int trace_end(Trace *trace, Text *why)
{
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
