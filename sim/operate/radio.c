/* A link delivers in order: report k arrives latency + jitter u_k after it was sent, u_k even in 0..1, or is lost; both are
   drawn by link and number, so that nothing is stored but the last reports of each sender. Loss and delay by faults count
   at the moment of arrival. Ignores: that receivers near each other lose the same reports, reports that overtake each
   other, relays along the line. */
#include "sim/operate/radio.h"

static const ParamField fields[] = {
    PARAM_ROW_REAL(RadioSpec, interval, "interval", "ms", 200, 10, 1000, 0, "between two reports of a train",
                   "IEEE 1474.1: 0.1 to 1 s [I]"),
    PARAM_ROW_REAL(RadioSpec, latency, "latency", "ms", 100, 0, 1000, 0, "until one is heard, at least", "[I]"),
    PARAM_ROW_REAL(RadioSpec, jitter, "jitter", "ms", 100, 0, 1000, 0, "that may come on top", "[I]"),
    PARAM_ROW_REAL(RadioSpec, loss, "loss", "%", 1, 0, 100, 0, "of the reports are not heard by a receiver", "[I]"),
};
const ParamTable radio_table =
    PARAM_TABLE(RadioSpec, fields, "position reports from train to train and to the dispatcher");

void radio_send(const Report *report, RadioSender *sender)
{
    sender->count++;
    sender->sent[sender->count % RADIO_KEPT] = *report;
}

static int is_there(const RadioSpec *spec, const RadioLink *link, RngStream stream, int64_t number, const Report *report,
                    int64_t tick, double step)
{
    double late = spec->latency + link->delay + spec->jitter * rng_uniform(stream, (uint64_t)number, 0);
    return (double)(tick - report->tick) * step >= late - 0.5 * step;
}

void radio_listen(const RadioSpec *spec, const RadioLink *link, RngStream stream, int64_t tick, double step,
                  const RadioSender *sender, RadioHeard *heard)
{
    if (sender->count - heard->judged > RADIO_KEPT) heard->judged = sender->count - RADIO_KEPT;
    double kept = (1.0 - spec->loss) * (1.0 - link->loss);
    while (heard->judged < sender->count) {
        int64_t number = heard->judged + 1;
        const Report *report = &sender->sent[number % RADIO_KEPT];
        if (!is_there(spec, link, stream, number, report, tick, step)) return;
        heard->judged = number;
        if (rng_uniform(stream, (uint64_t)number, 1) >= kept) continue;
        heard->report = *report;
        heard->known = 1;
    }
}

void radio_meet(const RadioSender *sender, RadioHeard *heard)
{
    if (sender->count == 0) return;
    heard->report = sender->sent[sender->count % RADIO_KEPT];
    heard->judged = sender->count;
    heard->known = 1;
}
