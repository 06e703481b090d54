/* Three small kinds of files in the shape of the real ones, so that the tests of the loader keep their exact messages
   whatever the real tables become. */
#pragma once
#include "sim/io/load.h"

enum { SMALL_AXLES = 4, SMALL_TYRES = 2, SMALL_STOPS = 3, SMALL_ELEMENTS = 3, SMALL_STATIONS = 3 };

typedef struct SmallHead {
    char name[ART_NAME_MAX], about[ART_NAME_MAX], tags[ART_NAME_MAX];
    double duration, sample;
    int32_t seed;
} SmallHead;

typedef struct SmallFile {
    char file[ART_PATH_MAX];
} SmallFile;

typedef struct SmallStop {
    char name[ART_NAME_MAX];
    double dwell;
    int32_t skip;
} SmallStop;

typedef struct SmallWeather {
    double friction, wind, temperature;
} SmallWeather;

typedef struct SmallScenario {
    SmallHead head;
    SmallFile route, vehicle, profile;
    SmallWeather weather;
    SmallStop stops[SMALL_STOPS];
    int32_t stop_count;
} SmallScenario;

typedef struct SmallElement {
    double length;
    int32_t kind;
} SmallElement;

typedef struct SmallStation {
    char name[ART_NAME_MAX];
    double chainage;
} SmallStation;

typedef struct SmallRoute {
    char name[ART_NAME_MAX];
    SmallElement elements[SMALL_ELEMENTS];
    int32_t element_count;
    SmallStation stations[SMALL_STATIONS];
    int32_t station_count;
} SmallRoute;

typedef struct SmallAxle {
    double steer_limit, load;
    int32_t driven;
    char tyre[16];
} SmallAxle;

typedef struct SmallTyre {
    char name[ART_NAME_MAX];
    double stiffness;
} SmallTyre;

typedef struct SmallVehicle {
    char name[ART_NAME_MAX];
    double mass;
    SmallAxle axles[SMALL_AXLES];
    int32_t axle_count;
    SmallTyre tyres[SMALL_TYRES];
    int32_t tyre_count;
} SmallVehicle;

static const char *const small_kinds[] = {"line", "arc", "clothoid", NULL};

static const ParamField small_head_fields[] = {
    PARAM_ROW_TEXT(SmallHead, name, "name", "unnamed", 0, "short name"),
    PARAM_ROW_TEXT(SmallHead, about, "about", "", 0, "one sentence"),
    PARAM_ROW_TEXT(SmallHead, tags, "tags", "", 0, "words"),
    PARAM_ROW_REAL(SmallHead, duration, "duration", "s", 600, 0.001, 604800, 0, "how long", ""),
    PARAM_ROW_REAL(SmallHead, sample, "sample", "Hz", 10, 0.001, 1000, 0, "rows a second", ""),
    PARAM_ROW_INT(SmallHead, seed, "seed", 1, 0, 2147483647, 0, "of the random streams", ""),
};
static const ParamField small_file_fields[] = {
    PARAM_ROW_PATH(SmallFile, file, "file", NULL, 0, "the file"),
};
static const ParamField small_weather_fields[] = {
    PARAM_ROW_REAL(SmallWeather, friction, "friction", "1", 0.8, 0.02, 1.5, PARAM_LIVE, "of the road", "MODEL 3"),
    PARAM_ROW_REAL(SmallWeather, wind, "wind", "km/h", 0, 0, 120, 0, "speed", ""),
    PARAM_ROW_REAL(SmallWeather, temperature, "temperature", "degC", 20, -40, 50, 0, "of the air", ""),
};
static const ParamField small_stop_fields[] = {
    PARAM_ROW_REAL(SmallStop, dwell, "dwell", "s", 20, 0, 3600, 0, "doors open", ""),
    PARAM_ROW_CHOICE(SmallStop, skip, "skip", param_no_yes, 0, 0, "drive through", ""),
};
static const ParamField small_route_fields[] = {PARAM_ROW_TEXT(SmallRoute, name, "name", "", 0, "of the route")};
static const ParamField small_element_fields[] = {
    PARAM_ROW_REAL(SmallElement, length, "length", "m", 0, 0.001, 100000, PARAM_REQUIRED, "along the axis", ""),
    PARAM_ROW_CHOICE(SmallElement, kind, "kind", small_kinds, 0, 0, "shape", ""),
};
static const ParamField small_station_fields[] = {
    PARAM_ROW_REAL(SmallStation, chainage, "chainage", "m", 0, -1000, 1e6, PARAM_REQUIRED, "of its middle", ""),
};
static const ParamField small_vehicle_fields[] = {
    PARAM_ROW_TEXT(SmallVehicle, name, "name", "", PARAM_REQUIRED, "of the vehicle"),
    PARAM_ROW_REAL(SmallVehicle, mass, "mass", "t", 51, 1, 200, 0, "laden", "FACTS 1.1"),
};
static const ParamField small_axle_fields[] = {
    PARAM_ROW_REAL(SmallAxle, steer_limit, "steer_limit", "deg", 22, 0, 60, 0, "to each side", "MODEL 4 [I]"),
    PARAM_ROW_REAL(SmallAxle, load, "load", "kN", 90, -1e300, 1e300, 0, "at rest", ""),
    PARAM_ROW_CHOICE(SmallAxle, driven, "driven", param_no_yes, 0, 0, "has a motor", ""),
    PARAM_ROW_TEXT(SmallAxle, tyre, "tyre", "", 0, "name of its tyre"),
};
static const ParamField small_tyre_fields[] = {
    PARAM_ROW_REAL(SmallTyre, stiffness, "stiffness", "kN/rad", 0, 1, 1000, PARAM_REQUIRED, "of one wheel", ""),
};

static const ParamTable small_head_table = PARAM_TABLE(SmallHead, small_head_fields, "the run");
static const ParamTable small_file_table = PARAM_TABLE(SmallFile, small_file_fields, "a file");
static const ParamTable small_weather_table = PARAM_TABLE(SmallWeather, small_weather_fields, "the weather");
static const ParamTable small_stop_table = PARAM_TABLE(SmallStop, small_stop_fields, "a stop");
static const ParamTable small_route_table = PARAM_TABLE(SmallRoute, small_route_fields, "the route");
static const ParamTable small_element_table = PARAM_TABLE(SmallElement, small_element_fields, "an element");
static const ParamTable small_station_table = PARAM_TABLE(SmallStation, small_station_fields, "a station");
static const ParamTable small_vehicle_table = PARAM_TABLE(SmallVehicle, small_vehicle_fields, "the vehicle");
static const ParamTable small_axle_table = PARAM_TABLE(SmallAxle, small_axle_fields, "an axle");
static const ParamTable small_tyre_table = PARAM_TABLE(SmallTyre, small_tyre_fields, "a tyre");

#define SMALL_SINGLE(PATTERN, TABLE, STRUCT, MEMBER) \
    {.pattern = (PATTERN), .table = &(TABLE), .offset = offsetof(STRUCT, MEMBER), .max = 1}
#define SMALL_MANY(PATTERN, TABLE, STRUCT, MEMBER, COUNT, ELEMENT, MAX) \
    {.pattern = (PATTERN), .table = &(TABLE), .offset = offsetof(STRUCT, MEMBER), .stride = sizeof(ELEMENT), \
     .max = (MAX), .count_offset = offsetof(STRUCT, COUNT), .name_offset = 0}

static const ParamSection small_scenario_sections[] = {
    SMALL_SINGLE("scenario", small_head_table, SmallScenario, head),
    SMALL_SINGLE("route", small_file_table, SmallScenario, route),
    SMALL_SINGLE("vehicle", small_file_table, SmallScenario, vehicle),
    SMALL_SINGLE("profile", small_file_table, SmallScenario, profile),
    SMALL_SINGLE("weather", small_weather_table, SmallScenario, weather),
    SMALL_MANY("stop.*", small_stop_table, SmallScenario, stops, stop_count, SmallStop, SMALL_STOPS),
};
static const ParamSection small_route_sections[] = {
    {.pattern = "route", .table = &small_route_table, .max = 1},
    SMALL_MANY("element.#", small_element_table, SmallRoute, elements, element_count, SmallElement, SMALL_ELEMENTS),
    SMALL_MANY("station.*", small_station_table, SmallRoute, stations, station_count, SmallStation, SMALL_STATIONS),
};
static const ParamSection small_vehicle_sections[] = {
    {.pattern = "vehicle", .table = &small_vehicle_table, .max = 1},
    SMALL_MANY("axle.#", small_axle_table, SmallVehicle, axles, axle_count, SmallAxle, SMALL_AXLES),
    SMALL_MANY("tyre.*", small_tyre_table, SmallVehicle, tyres, tyre_count, SmallTyre, SMALL_TYRES),
};

static const ParamSchema small_scenario_schema = {"scenario", small_scenario_sections, 6, sizeof(SmallScenario)};
static const ParamSchema small_route_schema = {"route", small_route_sections, 3, sizeof(SmallRoute)};
static const ParamSchema small_vehicle_schema = {"vehicle", small_vehicle_sections, 3, sizeof(SmallVehicle)};

/* What rows alone cannot see: the tyre that an axle names; a stop that the route does not have. */
static inline void small_check(const Loaded *loaded, LoadPart part, Complaints *complaints)
{
    const SmallScenario *scenario = loaded->parts[LOAD_SCENARIO];
    const SmallRoute *route = loaded->parts[LOAD_ROUTE];
    const SmallVehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    for (int i = 0; part == LOAD_VEHICLE && i < vehicle->axle_count; i++) {
        int found = 0;
        for (int j = 0; j < vehicle->tyre_count; j++) found |= !strcmp(vehicle->tyres[j].name, vehicle->axles[i].tyre);
        if (!found) complain(complaints, "axle", i + 1, "tyre", "names no [tyre.*] section");
    }
    for (int i = 0; part == LOAD_SCENARIO && i < scenario->stop_count; i++) {
        char section[ART_NAME_MAX + 8] = "stop.";
        int found = 0;
        for (int j = 0; j < route->station_count; j++) {
            found |= !strcmp(route->stations[j].name, scenario->stops[i].name);
        }
        strcat(section, scenario->stops[i].name);
        if (!found) complain(complaints, section, 0, "", "the route has no such station");
    }
    if (part == LOAD_ROUTE && route->element_count == 0) {
        complain(complaints, "", 0, "", "a route needs an [element.1]");
    }
}

static const LoadKit small_kit = {{&small_scenario_schema, &small_route_schema, &small_vehicle_schema}, small_check, NULL, NULL};
