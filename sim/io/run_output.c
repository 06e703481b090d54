/* The folder of a run. Everything but perf.json is the same, byte for byte, for the same case on every machine.
   Ignores: folders left by earlier versions of a case; their files are replaced one by one. */
#include "sim/io/run_output.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sim/io/file_bytes.h"
#include "sim/io/json.h"

enum { RESULT_MAX = 1 << 26 }; /* bytes */

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

/* 1 where a run has left its result and no limit of time had ended it. */
static int has_finished(const char *folder)
{
    char *path = inside(folder, "result.json");
    Text why = {0};
    FileBytes file;
    Json json = {0};
    int there = file_bytes_read(path, RESULT_MAX, &file, &why) && json_parse(&json, file.bytes, file.size, &why);
    int finished = there && strcmp(json_text(&json, &json.nodes[0], "verdict", "timeout"), "timeout") != 0;
    json_free(&json);
    file_bytes_free(&file);
    text_free(&why);
    free(path);
    return finished;
}

int run_output_open(RunOutput *output, const Loaded *loaded, const char *case_id, Text *why)
{
    const ScenarioHead *head = &output->scenario->spec.head;
    output->folder = run_output_folder(output->plan.out, head->name, case_id);
    if (!outfile_folder(output->folder, why)) return 0;
    outfile_sweep(output->folder);
    output->loaded = loaded;
    output->finished = has_finished(output->folder);
    if (!output->finished && !resolved_save(loaded, output->folder, why)) return 0;
    const TraceFormat *format = output->plan.trace;
    if (!format) return 1;
    char *path = inside(output->folder, format->file);
    trace_begin(&output->trace, format, path, head->step, output->plan.rate > 0.0 ? output->plan.rate : head->sample);
    output->tracing = 1;
    free(path);
    return 1;
}

/* A run that a limit ended is less than the finished one of the same case, and gets a folder beside it. */
static int step_aside(RunOutput *output, Text *why)
{
    Text folder = {0};
    text_add(&folder, output->folder);
    text_add(&folder, "-unfinished");
    free(output->folder);
    output->folder = folder.bytes;
    if (!outfile_folder(output->folder, why)) return 0;
    outfile_sweep(output->folder);
    if (!output->tracing) return 1;
    char *path = inside(output->folder, output->plan.trace->file);
    outfile_redirect(&output->trace.file, path);
    free(path);
    return 1;
}

/* An older trace of another format would not be this run's. */
static void old_traces_remove(const RunOutput *output)
{
    for (int i = 0; trace_formats[i]; i++) {
        if (trace_formats[i] == output->plan.trace) continue;
        char *path = inside(output->folder, trace_formats[i]->file);
        unlink(path);
        free(path);
    }
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
    int fine = 1;
    if (output->finished) {
        if (report->verdict == RUN_TIMEOUT) fine = step_aside(output, why);
        fine = fine && resolved_save(output->loaded, output->folder, why);
    }
    if (fine) old_traces_remove(output);
    if (output->tracing && fine) fine = trace_end(&output->trace, why);
    else run_output_abandon(output);
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
