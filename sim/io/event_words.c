/* Events in words. Ignores: numbers of events of which no reader would know what they are; events.jsonl has them all. */
#include "sim/io/event_words.h"
#include "sim/io/markup.h"

void event_words(const Scenario *scenario, const Event *event, Text *out)
{
    text_add(out, event_kind_names[event->kind]);
    if (event->kind == EVENT_SETTING) {
        text_add(out, " ");
        text_add(out, event->reason ? event->reason : "");
        markup_add(out, " to %.4g", event->value);
        return;
    }
    if (event->subject >= 0 && event->subject < scenario->route.station_count && event->kind <= EVENT_FINISHED) {
        text_add(out, ", ");
        text_add(out, scenario->route.stations[event->subject].name);
    }
    if (event->kind == EVENT_MODE) {
        text_add(out, " ");
        text_add(out, operation_names[event->subject]);
    }
    if (event->reason) {
        text_add(out, ": ");
        text_add(out, event->reason);
    }
    if (event->kind != EVENT_FAULT_DETECTED) return;
    if (event->value < 0.0) text_add(out, ", an alarm that no active fault explains");
    else markup_add(out, ", %.3g s after it began", event->value);
}
