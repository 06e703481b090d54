/* The folder of a run. Everything but perf.json is the same, byte for byte, for the same case on every machine.
   Ignores: folders left by earlier versions of a case; their files are replaced one by one. */
#include "sim/io/run_output.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sim/io/number.h"
#include "sim/io/version.h"

enum { HOST_SIZE = 256 };

/* Joins folder and file name; the caller frees it. */
static char *inside(const char *folder, const char *name)
{
    Text path = {0};
    text_add(&path, folder);
    text_add(&path, "/");
    text_add(&path, name);
    return path.bytes;
}

/* "zhuzhou_a1-0123456789abcdef": a name as a folder may have it. */
static char *folder_name(const char *out, const char *name, const char *case_id)
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
    *output = (RunOutput){.scenario = scenario, .tracing = plan->trace, .columns = plan->columns};
    output->rate = plan->rate > 0.0 ? plan->rate : scenario->spec.head.sample;
    MemberCounts counts = {scenario->model.module_count, scenario->model.axle_count};
    return trace_choose(&output->trace, plan->columns, counts, why);
}

int run_output_open(RunOutput *output, const RunOutputPlan *plan, const Loaded *loaded, const char *case_id, Text *why)
{
    output->folder = folder_name(plan->out, output->scenario->spec.head.name, case_id);
    if (!outfile_folder(output->folder, why) || !resolved_save(loaded, output->folder, why)) return 0;
    char *path = inside(output->folder, "trace.csv");
    if (output->tracing) {
        trace_begin(&output->trace, path, output->scenario->spec.head.step, output->rate);
    } else {
        unlink(path); /* an older trace would not be this run's */
    }
    free(path);
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
    int fine = outfile_save(path, text_bytes(text), text->size, why);
    free(path);
    return fine;
}

static int save_report(const RunOutput *output, const RunReport *report, Text *why)
{
    Text text = {0};
    run_report_json(report, &text);
    int fine = save(output, "result.json", &text, why);
    text_free(&text);
    return fine;
}

/* The options that shape the output are no part of the scenario, so the command carries them. */
static int save_repro(const RunOutput *output, int tracing, Text *why)
{
    Text text = {0};
    text_add(&text, "#!/bin/sh\n"
                    "# Repeats this run from its own files alone. ARTSIM names the program; arguments are passed on.\n"
                    "cd \"$(dirname \"$0\")\" && exec \"${ARTSIM:-artsim}\" run resolved.ini");
    if (!tracing) text_add(&text, " --trace none");
    if (output->rate != output->scenario->spec.head.sample) {
        text_add(&text, " --sample ");
        number_add(&text, output->rate);
    }
    if (output->columns) {
        text_add(&text, " --columns '");
        text_add(&text, output->columns);
        text_add(&text, "'");
    }
    text_add(&text, " \"$@\"\n");
    int fine = save(output, "repro.sh", &text, why);
    text_free(&text);
    if (!fine) return 0;
    char *path = inside(output->folder, "repro.sh");
    fine = chmod(path, 0755) == 0;
    if (!fine) text_add(why, "repro.sh cannot be made executable");
    free(path);
    return fine;
}

static int save_performance(const RunOutput *output, const RunReport *report, const RunPerformance *performance,
                            Text *why)
{
    char host[HOST_SIZE] = "";
    gethostname(host, sizeof host - 1);
    Text text = {0};
    text_add(&text, "{\n  \"started_unix_s\": ");
    text_add_int(&text, performance->started);
    text_add(&text, ",\n  \"load_s\": ");
    number_add(&text, performance->load_s);
    text_add(&text, ",\n  \"run_s\": ");
    number_add(&text, performance->run_s);
    text_add(&text, ",\n  \"times_real_time\": ");
    number_add(&text, performance->run_s > 0.0 ? report->sim_time / performance->run_s : 0.0);
    text_add(&text, ",\n  \"ns_per_step\": ");
    number_add(&text, report->ticks > 0 ? 1e9 * performance->run_s / (double)report->ticks : 0.0);
    text_add(&text, ",\n  \"version\": ");
    text_add_json(&text, ART_VERSION);
    text_add(&text, ",\n  \"compiler\": ");
    text_add_json(&text, ART_COMPILER);
    text_add(&text, ",\n  \"host\": ");
    text_add_json(&text, host);
    text_add(&text, ",\n  \"pid\": ");
    text_add_int(&text, (long long)getpid());
    text_add(&text, "\n}\n");
    int fine = save(output, "perf.json", &text, why);
    text_free(&text);
    return fine;
}

int run_output_close(RunOutput *output, const RunReport *report, const RunPerformance *performance, Text *why)
{
    int fine = 1;
    int tracing = output->tracing;
    if (tracing) fine = trace_end(&output->trace, why);
    output->tracing = 0;
    return fine && save(output, "events.jsonl", &output->events, why) && save_repro(output, tracing, why) &&
           save_performance(output, report, performance, why) && save_report(output, report, why);
}

void run_output_abandon(RunOutput *output)
{
    if (output->tracing && output->folder) trace_abandon(&output->trace);
    output->tracing = 0;
}

void run_output_free(RunOutput *output)
{
    trace_free(&output->trace);
    text_free(&output->events);
    free(output->folder);
    *output = (RunOutput){0};
}
