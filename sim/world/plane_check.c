/* What a scenario states beside a road that it does not have: on the endless plane there is no line, no station, no
   junction and nobody else. Ignores: sections that only tune the drive on a line ([ato], [guidance] ...), which files that
   extend another one inherit. */
#include "sim/world/plane_check.h"
#include <string.h>

static void complain_named(Complaints *complaints, const char *kind, const char *name, const char *why)
{
    char section[sizeof "road_user." + ART_NAME_MAX];
    size_t length = strlen(kind);
    memcpy(section, kind, length);
    memcpy(section + length, name, strlen(name) + 1);
    complain(complaints, section, 0, "", why);
}

static void check_service(const ServiceSpec *service, Complaints *complaints)
{
    static const char why[] = "the endless plane has no line to serve; give a [route] and the line of the [service], or "
                              "leave it out";
    if (strcmp(service->stops, "all") != 0) complain(complaints, "service", 0, "stops", why);
    if (service->start[0])
        complain(complaints, "service", 0, "start",
                 "the endless plane has no line to stand on: [initial] x, y, yaw place the train, or give a [route] and a line");
    if (service->rounds != 1) complain(complaints, "service", 0, "rounds", why);
    if (service->headway != 0.0) complain(complaints, "service", 0, "headway", why);
    if (service->cycle != 0.0) complain(complaints, "service", 0, "cycle", why);
}

void plane_check(const ScenarioSpec *spec, Complaints *complaints)
{
    check_service(&spec->service, complaints);
    for (int i = 0; i < spec->stop_count; i++)
        complain_named(complaints, "stop.", spec->stops[i].name,
                       "the endless plane has no stations; give a [route] and the line of a [service], or leave it out");
    for (int i = 0; i < spec->road_user_count; i++)
        complain_named(complaints, "road_user.", spec->road_users[i].name,
                       "nobody crosses the endless plane: a road user stands on a track; give a [route] and the line of a "
                       "[service], or leave it out");
    if (spec->signals.control != SIGNALS_NONE)
        complain(complaints, "signals", 0, "control",
                 "the endless plane has no junctions; give a [route] that has and the line of a [service], or set none");
}
