/* result.json and the lines of events.jsonl: the names of SCENARIOS, in a fixed order, numbers as the shortest decimals
   that read back, so that two equal runs give equal bytes. What is not a number is null. Ignores: the wall clock. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/io/json.h"
#include "sim/io/margin.h"
#include "sim/io/number.h"
#include "sim/io/report.h"

static void expectation_json(const RunReport *report, int index, Text *out)
{
    Margin margin = margin_of(report, index);
    json_text_key(out, "    {", "name", margin.name);
    json_text_key(out, ", ", "signal", margin.signal);
    json_text_key(out, ", ", "verdict", margin.verdict);
    json_text_key(out, ", ", "op", margin.op);
    json_text_key(out, ", ", "window", margin.window);
    json_text_key(out, ", ", "unit", margin.unit);
    json_number_key(out, ", ", "limit", margin.limit);
    json_number_key(out, ", ", "actual", margin.actual);
    json_number_key(out, ", ", "margin", margin.margin);
    json_number_key(out, ", ", "time_s", margin.time);
    json_number_key(out, ", ", "train", margin.measured ? (double)margin.train : (double)NAN);
    json_number_key(out, ", ", "chainage_m", margin.chainage);
    text_add(out, "}");
}

typedef struct MetricsOut {
    Text *out;
    int count;
} MetricsOut;

static void metric_json(const char *name, const Metric *metric, const MetricValue *value, void *user)
{
    (void)metric;
    MetricsOut *metrics = user;
    json_number_key(metrics->out, metrics->count++ ? ",\n    " : "\n    ", name, value->value);
}

/* Each door that faced a platform: extremes over all stops. */
static void doors_json(const RunReport *report, Text *out)
{
    const Vehicle *vehicle = &report->plan->scenario->vehicle;
    int count = 0;
    for (int i = 0; i < vehicle->door_count; i++) {
        const DoorResult *door = &report->state->record.monitor.trains[0].doors[i];
        if (door->step.tick < 0) continue;
        if (count == 0) json_key(out, ",\n  ", "doors");
        json_number_key(out, count++ ? ",\n    {" : "[\n    {", "door", i + 1);
        json_number_key(out, ", ", "gap_min_m", door->gap_least.value);
        json_number_key(out, ", ", "gap_max_m", door->gap_most.value);
        json_number_key(out, ", ", "step_m", door->step.value);
        text_add(out, "}");
    }
    if (count > 0) text_add(out, "\n  ]");
}

void run_report_json(const RunReport *report, Text *out)
{
    char hash[20];
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)report->state_hash);
    json_text_key(out, "{\n  ", "case_id", report->case_id);
    json_text_key(out, ",\n  ", "scenario", report->plan->scenario->spec.head.name);
    json_text_key(out, ",\n  ", "verdict", run_verdict_names[report->verdict]);
    if (report->trouble) json_text_key(out, ",\n  ", "trouble", report->trouble);
    json_number_key(out, ",\n  ", "exit_code", report->exit_code);
    json_text_key(out, ",\n  ", "state_hash", hash);
    json_number_key(out, ",\n  ", "ticks", (double)report->ticks);
    json_number_key(out, ",\n  ", "sim_time_s", report->sim_time);
    json_text_key(out, ",\n  ", "ended", report->ended);
    json_key(out, ",\n  ", "expectations");
    text_add(out, "[");
    for (int i = 0; i < report->plan->expectations.count; i++) {
        text_add(out, i ? ",\n" : "\n");
        expectation_json(report, i, out);
    }
    text_add(out, report->plan->expectations.count ? "\n  ]" : "]");
    doors_json(report, out);
    json_key(out, ",\n  ", "metrics");
    text_add(out, "{");
    MetricsOut metrics = {out, 0};
    run_metrics(report, metric_json, &metrics);
    text_add(out, metrics.count ? "\n  }\n}\n" : "}\n}\n");
}

static void json_write(const ReportInput *input, Text *out)
{
    run_report_json(input->run, out);
}

const ReportFormat report_json = {.file = "result.json", .write = json_write};

/* The subject is a wheel, or the module that went over. */
static void wheel_event_json(const Scenario *scenario, const Event *event, Text *out)
{
    const TrainModel *model = &scenario->model;
    int over = event->kind == EVENT_ROLLOVER, wheel = event->subject;
    int module = over ? event->subject : model->wheel_module[wheel];
    json_number_key(out, ", ", "module", module + 1);
    if (over) return;
    json_number_key(out, ", ", "axle", model->wheel_axle[wheel] + 1);
    int left = wheel == model->first_wheel[model->wheel_axle[wheel]];
    json_text_key(out, ", ", "side", model->wheel_y[wheel] == 0.0 ? "middle" : left ? "left" : "right");
}

static void fault_event_json(const Scenario *scenario, const Event *event, Text *out)
{
    const FaultPlan *plan = scenario->faults;
    json_text_key(out, ", ", "fault", event->reason);
    for (int i = 0; plan && i < plan->count && event->kind == EVENT_FAULT_ON; i++) {
        if (strcmp(plan->items[i].name, event->reason) != 0) continue;
        json_text_key(out, ", ", "unit", plan->items[i].kind->unit);
        json_text_key(out, ", ", "kind", plan->items[i].kind->kind);
        json_text_key(out, ", ", "mode", drive_mode_names[fault_circumstance_mode(event->subject)]);
        json_text_key(out, ", ", "place", fault_place_names[fault_circumstance_place(event->subject)]);
    }
    json_number_key(out, ", ", "chainage_m", event->chainage);
    if (event->kind == EVENT_FAULT_DETECTED) json_number_key(out, ", ", "after_s", event->value);
    text_add(out, "}\n");
}

void run_event_json(const Scenario *scenario, const Event *event, Text *out)
{
    json_number_key(out, "{", "time_s", run_time(scenario, event->tick));
    json_number_key(out, ", ", "tick", (double)event->tick);
    json_number_key(out, ", ", "train", (double)(event->train + 1));
    json_text_key(out, ", ", "event", event_kind_names[event->kind]);
    if (event->kind == EVENT_SETTING) {
        json_text_key(out, ", ", "setting", event->reason ? event->reason : "");
        json_number_key(out, ", ", "value", event->value);
        text_add(out, "}\n");
        return;
    }
    if (event->kind == EVENT_FAULT_ON || event->kind == EVENT_FAULT_OFF || event->kind == EVENT_FAULT_DETECTED) {
        fault_event_json(scenario, event, out);
        return;
    }
    if (event->kind == EVENT_WHEEL_LIFT || event->kind == EVENT_WHEEL_LANDED || event->kind == EVENT_ROLLOVER) {
        wheel_event_json(scenario, event, out);
    } else if (event->kind == EVENT_MODE) {
        json_text_key(out, ", ", "mode", operation_names[event->subject]);
    } else if (event->subject >= 0 && event->subject < scenario->route.station_count) {
        json_text_key(out, ", ", "station", scenario->route.stations[event->subject].name);
    }
    json_number_key(out, ", ", "chainage_m", event->chainage);
    json_number_key(out, ", ", "value", event->value);
    if (event->reason) json_text_key(out, ", ", "reason", event->reason);
    text_add(out, "}\n");
}
