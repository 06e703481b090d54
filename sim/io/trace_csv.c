/* trace.csv: the first line names the columns, then one row a sample and train. Values stand in the unit that their name
   carries, as the shortest decimals that read back to the same double; a signal with named values (mode) is written by
   name. Ignores: quotes, which no name or number needs. */
#include "sim/io/number.h"
#include "sim/io/trace.h"

static void csv_head(Trace *trace)
{
    for (int i = 0; i < trace->count; i++) {
        char name[ART_NAME_MAX];
        signal_write_name(trace->columns[i].signal->name, trace->columns[i].member, name);
        if (i) text_add(&trace->row, ",");
        text_add(&trace->row, name);
    }
    text_add(&trace->row, "\n");
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

static void csv_sample(Trace *trace, const Sample *sample, int train)
{
    for (int i = 0; i < trace->count; i++) {
        const TraceColumn *column = &trace->columns[i];
        if (i) text_add_bytes(&trace->row, ",", 1);
        cell_add(&trace->row, column->signal, signal_value(column->signal, sample, train, column->member));
    }
    text_add_bytes(&trace->row, "\n", 1);
}

const TraceFormat trace_csv = {.name = "csv", .file = "trace.csv", .head = csv_head, .sample = csv_sample};
