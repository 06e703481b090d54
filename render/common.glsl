// Shared by the shaders: sky, light, shadow, haze, tone curve, noise, box filters.
// The camera is the origin; u_anchor turns positions into ones that stay put in the world.
uniform vec3 u_sun;
uniform vec3 u_anchor;
uniform vec4 u_weather; // daylight 0..1, wetness 0..1, texels of the shadow map, -
uniform vec4 u_air;     // clouds 0..1, snow 0..1, height of the street over the camera, -
uniform vec4 u_beam[2]; // headlamps: place between them, reach; direction, -
uniform highp sampler2DShadow u_shadow;

float hash21(vec2 p)
{
    p = fract(p * vec2(0.1031, 0.1030));
    p += dot(p, p.yx + 33.33);
    return fract((p.x + p.y) * p.x);
}

// value noise, 0..1
float noise(vec2 p)
{
    vec2 cell = floor(p), f = p - cell;
    f = f * f * (3.0 - 2.0 * f);
    float low = mix(hash21(cell), hash21(cell + vec2(1.0, 0.0)), f.x);
    float high = mix(hash21(cell + vec2(0.0, 1.0)), hash21(cell + vec2(1.0, 1.0)), f.x);
    return mix(low, high, f.y);
}

// the same in space
float noise3(vec3 p)
{
    vec3 cell = floor(p), f = p - cell;
    f = f * f * (3.0 - 2.0 * f);
    vec2 low = cell.xy + cell.z * vec2(37.0, 17.0), high = low + vec2(37.0, 17.0);
    const vec2 x = vec2(1.0, 0.0), y = vec2(0.0, 1.0);
    vec2 edge = mix(vec2(hash21(low), hash21(high)), vec2(hash21(low + x), hash21(high + x)), f.x);
    vec2 other = mix(vec2(hash21(low + y), hash21(high + y)), vec2(hash21(low + x + y), hash21(high + x + y)), f.x);
    vec2 both = mix(edge, other, f.y);
    return mix(both.x, both.y, f.z);
}

// share of the pixel [x - f/2, x + f/2] that lies inside [middle - width/2, middle + width/2]
float stripe(float x, float middle, float width, float f)
{
    float low = max(x - 0.5 * f, middle - 0.5 * width), high = min(x + 0.5 * f, middle + 0.5 * width);
    return clamp((high - low) / f, 0.0, 1.0);
}

// the same for a periodic pattern that is on from 0 to `duty` of each unit
float dashes(float x, float duty, float f)
{
    float a = x - 0.5 * f, b = x + 0.5 * f, fa = floor(a), fb = floor(b);
    return clamp(((fb - fa) * duty + min(b - fb, duty) - min(a - fa, duty)) / f, 0.0, 1.0);
}

// distance to a rectangle with round corners, negative inside
float box_distance(vec2 p, vec2 half_size, float radius)
{
    vec2 q = abs(p) - half_size + radius;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
}

#ifndef VERTEX
// coverage of a shape from its distance, one pixel soft
float inside(float distance)
{
    return clamp(0.5 - distance / max(fwidth(distance), 1e-4), 0.0, 1.0);
}
#endif

float square(float x)
{
    return x * x;
}

float fourth(float x)
{
    return square(square(x));
}

const vec3 SUN_COLOUR = vec3(1.0, 0.83, 0.62);

// by day, dimmed towards the night's deep blue with a glow of the town at the horizon
vec3 sky(vec3 d)
{
    float up = max(d.z, 0.0), high = 1.25 * up / (up + 0.25);
    vec3 clear = mix(vec3(0.80, 0.80, 0.78), vec3(0.13, 0.31, 0.62), high);
    float s4 = fourth(max(dot(d, u_sun), 0.0));
    clear += SUN_COLOUR * (0.16 * s4 + 0.22 * fourth(s4));
    vec3 grey = mix(vec3(0.60, 0.62, 0.65), vec3(0.40, 0.43, 0.47), up);
    vec3 day = mix(clear, grey, u_air.x);
#if NIGHT
    return mix(mix(vec3(0.050, 0.052, 0.070), vec3(0.008, 0.014, 0.034), min(high * 1.3, 1.0)), day, u_weather.x);
#else
    return day * u_weather.x;
#endif
}

// the sky low over the ground, where distance fades to
vec3 haze_colour(vec3 d)
{
    vec3 day = mix(vec3(0.72, 0.74, 0.75) + SUN_COLOUR * (0.16 * fourth(max(dot(d, u_sun), 0.0))),
                   vec3(0.58, 0.60, 0.63), u_air.x);
#if NIGHT
    return mix(vec3(0.040, 0.042, 0.056), day, u_weather.x);
#else
    return day * u_weather.x;
#endif
}

// the film curve of Narkowicz's fit to ACES, then display gamma
vec3 tone(vec3 c)
{
#if NIGHT
    c *= mix(1.35, 0.88, u_weather.x); // the eye opens
#else
    c *= 0.88;
#endif
    c = c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14);
#if DETAIL > 1
    return pow(clamp(c, 0.0, 1.0), vec3(1.0 / 2.2));
#else
    vec3 root = sqrt(clamp(c, 0.0, 1.0)); // within 0.01 of the power
    return root * (1.13 - 0.13 * root);
#endif
}

// 1 in the sun, 0 in shadow; beyond the map all is sunny. Without branches: they cost more than the look-up.
float sunlit(vec3 place)
{
    vec3 p = place * 0.5 + 0.5;
    vec2 edge = abs(place.xy);
    float beyond = clamp(max(edge.x, edge.y) * 13.0 - 11.9, 0.0, 1.0) + step(1.0, p.z);
#if SOFT_SHADOW
    float t = 1.0 / u_weather.z;
    float lit = texture(u_shadow, vec3(p.xy + vec2(-0.9, -0.35) * t, p.z)) +
                texture(u_shadow, vec3(p.xy + vec2(0.35, -0.9) * t, p.z)) +
                texture(u_shadow, vec3(p.xy + vec2(0.9, 0.35) * t, p.z)) +
                texture(u_shadow, vec3(p.xy + vec2(-0.35, 0.9) * t, p.z));
    return min(lit * 0.25 + beyond, 1.0);
#else
    return min(texture(u_shadow, p) + beyond, 1.0);
#endif
}

vec3 sun_light()
{
    return SUN_COLOUR * (2.7 * u_weather.x * (1.0 - 0.94 * u_air.x));
}

// from the sky above, from sunlit ground below
vec3 ambient(vec3 normal)
{
    vec3 clear = mix(vec3(0.25, 0.215, 0.175), vec3(0.40, 0.48, 0.62), normal.z * 0.5 + 0.5);
    vec3 grey = vec3(0.56, 0.58, 0.61) * (0.72 + 0.28 * normal.z);
    vec3 day = mix(clear, grey, u_air.x);
#if NIGHT
    return mix(mix(vec3(0.030, 0.032, 0.042), vec3(0.060, 0.074, 0.115), normal.z * 0.5 + 0.5), day, u_weather.x);
#else
    return day * u_weather.x;
#endif
}

// at night: street lamps on both sides up to their height, and the train's headlamps
vec3 lamps(vec3 place, vec3 normal)
{
#if NIGHT
    float night = 1.0 - smoothstep(0.15, 0.5, u_weather.x);
    float height = place.z - u_air.z;
    vec3 street = vec3(1.0, 0.84, 0.64) * (0.22 * (0.6 + 0.4 * normal.z) * smoothstep(16.0, 5.0, height));
    vec3 from = place - u_beam[0].xyz;
    float far = max(length(from), 0.5), along = dot(from, u_beam[1].xyz) / far;
    float beam = smoothstep(0.86, 0.985, along) * u_beam[0].w / (1.0 + 0.004 * far * far);
    float facing = mix(0.25, 1.0, max(-dot(normal, from) / far, 0.0));
    return (street + vec3(1.0, 0.95, 0.85) * (beam * facing)) * night;
#else
    return vec3(0.0);
#endif
}

// fresh snow lies on what looks up
vec3 snowed(vec3 albedo, vec3 normal, float share)
{
#if SNOW
    return mix(albedo, vec3(0.86, 0.88, 0.92), clamp(u_air.y * 1.6, 0.0, 1.0) * share * smoothstep(0.35, 0.75, normal.z));
#else
    return albedo;
#endif
}

// aerial perspective: the colour of the air before a place, and how much of it there is
vec4 haze(vec3 place)
{
    float far = sqrt(dot(place, place)), f = far / mix(950.0, 360.0, max(u_air.x * 0.9, u_air.y));
#if DETAIL > 1
    float thick = 1.0 - exp2(-1.44 * f * sqrt(f));
#else
    float thick = f * f / (f * f + 0.6); // within 0.07 of it
#endif
    return vec4(haze_colour(place / max(far, 1e-3)), thick);
}

// air and the tone curve: the last thing each surface does
vec4 finish(vec3 colour, vec4 air)
{
    return vec4(tone(mix(colour, air.rgb, air.a)), 1.0);
}

vec4 finish(vec3 colour, vec3 place)
{
    return finish(colour, haze(place));
}
