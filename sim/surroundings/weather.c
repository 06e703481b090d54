/* Rows of [weather], zones, and what rain and snow take. Coupled: a wet road keeps 0.5625 of its dry grip (0.45 of 0.8)
   and is wet from rain 0.3 on, linearly below; snow leaves a quarter (0.2 of 0.8), linear in its cover; the more slippery
   of the two counts. Daylight falls by 30 % in a cloudburst or snowstorm. Uncoupled, the default, the
   friction stated is the road's own whatever falls. Source: grip values of MODEL 3 [I]; the shapes are engineering
   values [I]. Ignores: the water film's depth and aquaplaning, ice from temperature, drying. */
#include "sim/surroundings/weather.h"
#include "sim/train/model.h"

#define WET_FROM 0.3    /* rain that wets a road as much as any */
#define WET_LOSS 0.4375 /* of grip */
#define SNOW_LOSS 0.75  /* of grip under a closed cover */
#define CLOUD_LOSS 0.3  /* of daylight */

static const ParamField weather_fields[] = {
    WEATHER_LIVE_ROWS(WeatherSpec, ""),
    PARAM_ROW_CHOICE(WeatherSpec, coupled, "coupled", param_no_yes, 0, 0,
                     "yes: friction is the dry road's, and rain and snow take their part of grip and daylight", "[I]"),
    PARAM_ROW_REAL(WeatherSpec, gust_at, "gust_at", "s", -1, -1, 172800, 0,
                   "the gust is a 1-cosine in time that begins then; negative: not by time", "MODEL 10"),
    PARAM_ROW_REAL(WeatherSpec, gust_duration, "gust_duration", "s", 3, 0.01, 3600, 0, "of that 1-cosine", "[I]"),
    PARAM_ROW_REAL(WeatherSpec, gust_from, "gust_from", "m", 0, -1e6, 1e6, 0,
                   "the gust is a 1-cosine along the road that begins at this chainage (endless plane: x)", "MODEL 10"),
    PARAM_ROW_REAL(WeatherSpec, gust_length, "gust_length", "m", 0, 0, 1e5, 0, "of that 1-cosine; 0: not by place",
                   "[I]"),
    PARAM_ROW_REAL(WeatherSpec, turbulence, "turbulence", "1", 0, 0, 0.5, 0,
                   "standard deviation of the wind's speed over its mean; 0: none", "EN 1991-1-4 4.4: 0.1 to 0.3"),
    PARAM_ROW_REAL(WeatherSpec, turbulence_length, "turbulence_length", "m", 30, 1, 1000, 0,
                   "length scale of the turbulence", "EN 1991-1-4 annex B at 2 m height [I]"),
    PARAM_ROW_REAL(WeatherSpec, temperature, "temperature", "degC", 20, -50, 60, 0,
                   "of the air outside: heating and cooling, the battery, the air's density", ""),
    PARAM_ROW_REAL(WeatherSpec, air_density, "air_density", "kg/m3", 0, 0, 2, 0,
                   "for drag and wind; 0: 1.2 at 20 degC, by the temperature: at other heights it is less",
                   "ISO 2533: 1.204 at sea level and 20 degC"),
};
const ParamTable weather_table = PARAM_TABLE(WeatherSpec, weather_fields, "road and air");

static double own(double value, double general)
{
    return value >= 0.0 ? value : general;
}

double weather_air_density(const WeatherSpec *spec)
{
    const double mild = 293.15; /* K */
    return spec->air_density > 0.0 ? spec->air_density : TRAIN_AIR_DENSITY * (mild / spec->temperature);
}

Weather weather_at(const Weather *general, const Route *route, double chainage)
{
    Weather here = *general;
    for (int i = route->weather_zone_count - 1; i >= 0; i--) {
        const RouteWeatherZone *zone = &route->weather_zones[i];
        if (chainage < zone->from || chainage >= zone->to) continue;
        here.friction = own(zone->friction, here.friction);
        here.rain = own(zone->rain, here.rain);
        here.snow = own(zone->snow, here.snow);
        here.light = own(zone->light, here.light);
        here.wind = own(zone->wind, here.wind);
        here.wind_from = own(zone->wind_from, here.wind_from);
        break;
    }
    return here;
}

double weather_grip(const WeatherSpec *spec, const Weather *weather)
{
    if (!spec->coupled) return weather->friction;
    double wet = weather->rain < WET_FROM ? weather->rain / WET_FROM : 1.0;
    double in_rain = 1.0 - WET_LOSS * wet, in_snow = 1.0 - SNOW_LOSS * weather->snow;
    return weather->friction * (in_rain < in_snow ? in_rain : in_snow);
}

double weather_daylight(const WeatherSpec *spec, const Weather *weather)
{
    if (!spec->coupled) return weather->light;
    double cloud = weather->rain > weather->snow ? weather->rain : weather->snow;
    return weather->light * (1.0 - CLOUD_LOSS * cloud);
}
