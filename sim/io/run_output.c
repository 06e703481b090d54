/* The folder of a run. Everything but perf.json is the same, byte for byte, for the same case on every machine.
   Ignores: folders left by earlier versions of a case; their files are replaced one by one. */
#include "sim/io/run_output.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Joins folder and file name; the caller frees it. */
static char *inside(const char *folder, const char *name)
{
    Text path = {0};
    text_add(&path, folder);
    text_add(&path, "/");
    text_add(&path, name);
    return path.bytes;
}

char *run_output_folder(const char *out, const char *name, const char *case_id)
{
    Text path = {0};
    text_add(&path, out);
    text_add(&path, "/");
    size_t start = path.size;
    text_add(&path, *name ? name : "unnamed");
    for (char *c = path.bytes + start; *c; c++) {
        int plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '_';
        if (!plain) *c = '_';
    }
    text_add(&path, "-");
    text_add(&path, case_id);
    return path.bytes;
}

int run_output_begin(RunOutput *output, const RunOutputPlan *plan, const Scenario *scenario, Text *why)
{
    *output = (RunOutput){.plan = *plan, .scenario = scenario};
    MemberCounts counts = {scenario->model.module_count, scenario->model.axle_count, scenario->train_count};
    return trace_choose(&output->trace, plan->columns, counts, why);
}

int run_output_open(RunOutput *output, const Loaded *loaded, const char *case_id, Text *why)
{
    const ScenarioHead *head = &output->scenario->spec.head;
    output->folder = run_output_folder(output->plan.out, head->name, case_id);
    if (!outfile_folder(output->folder, why)) return 0;
    outfile_sweep(output->folder);
    if (!resolved_save(loaded, output->folder, why)) return 0;
    for (int i = 0; trace_formats[i]; i++) {
        const TraceFormat *format = trace_formats[i];
        char *path = inside(output->folder, format->file);
        if (format == output->plan.trace) {
            trace_begin(&output->trace, format, path, head->step, output->plan.rate > 0.0 ? output->plan.rate : head->sample);
            output->tracing = 1;
        } else {
            unlink(path); /* an older trace would not be this run's */
        }
        free(path);
    }
    return 1;
}

int run_output_due(const RunOutput *output, int64_t tick)
{
    return output->tracing && trace_due(&output->trace, tick);
}

void run_output_sample(RunOutput *output, const Sample *sample)
{
    if (output->tracing) trace_add(&output->trace, sample);
}

void run_output_events(RunOutput *output, const Event *events, int count)
{
    for (int i = 0; i < count; i++) run_event_json(output->scenario, &events[i], &output->events);
}

static int save(const RunOutput *output, const char *name, const Text *text, Text *why)
{
    char *path = inside(output->folder, name);
    int fine = outfile_save_inside(path, text_bytes(text), text->size, why);
    free(path);
    return fine;
}

static int make_executable(const RunOutput *output, const char *name, Text *why)
{
    char *path = inside(output->folder, name);
    int fine = chmod(path, 0755) == 0;
    if (!fine) {
        text_add(why, path);
        text_add(why, ": cannot be made executable");
    }
    free(path);
    return fine;
}

static int save_format(const RunOutput *output, const ReportFormat *format, const ReportInput *input, Text *why)
{
    Text text = {0};
    format->write(input, &text);
    int there = text.size > 0;
    int fine = !there || save(output, format->file, &text, why);
    text_free(&text);
    return fine && (!there || !format->executable || make_executable(output, format->file, why));
}

int run_output_close(RunOutput *output, const RunReport *report, const RunPerformance *performance, Text *why)
{
    const RunOutputPlan *plan = &output->plan;
    ReportInput input = {.run = report, .performance = performance, .film = output->film, .trace = plan->trace ? plan->trace->name : NULL,
                         .columns = plan->columns, .rate = plan->rate, .sim_limit = plan->sim_limit};
    int fine = !output->tracing || trace_end(&output->trace, why);
    output->tracing = 0;
    fine = fine && save(output, "events.jsonl", &output->events, why);
    for (int i = 0; fine && report_formats[i]; i++) fine = save_format(output, report_formats[i], &input, why);
    return fine;
}

void run_output_abandon(RunOutput *output)
{
    if (output->tracing) trace_abandon(&output->trace);
    output->tracing = 0;
}

void run_output_free(RunOutput *output)
{
    trace_free(&output->trace);
    text_free(&output->events);
    free(output->folder);
    *output = (RunOutput){0};
}
