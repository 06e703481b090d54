// Shared by every fragment shader: sky, light, shadow, haze, tone curve, noise, box filters.
// The camera is the origin; u_anchor turns positions into ones that stay put in the world.
uniform vec3 u_sun;
uniform vec3 u_anchor;
uniform vec4 u_weather; // daylight 0..1, rain 0..1, texels of the shadow map, contacts
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

// coverage of a shape from its distance, one pixel soft
float inside(float distance)
{
    return clamp(0.5 - distance / max(fwidth(distance), 1e-4), 0.0, 1.0);
}

const vec3 SUN_COLOUR = vec3(1.0, 0.83, 0.62);

vec3 sky(vec3 d)
{
    float up = max(d.z, 0.0);
    vec3 clear = mix(vec3(0.80, 0.80, 0.78), vec3(0.13, 0.31, 0.62), 1.0 - exp(-up * 3.6));
    float s = max(dot(d, u_sun), 0.0), s4 = s * s * s * s, s16 = s4 * s4 * s4 * s4;
    clear += SUN_COLOUR * (0.16 * s4 + 0.22 * s16);
    vec3 grey = mix(vec3(0.55, 0.57, 0.60), vec3(0.38, 0.41, 0.45), up);
    return mix(clear, grey, u_weather.y) * mix(0.06, 1.0, u_weather.x);
}

// the film curve of Narkowicz's fit to ACES, then display gamma
vec3 tone(vec3 c)
{
    c *= 0.88;
    c = c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14);
#if DETAIL > 0
    return pow(clamp(c, 0.0, 1.0), vec3(1.0 / 2.2));
#else
    return sqrt(clamp(c, 0.0, 1.0));
#endif
}

// 1 in the sun, 0 in shadow; without a map, and beyond it, all is sunny
float sunlit(vec3 place)
{
    vec3 p = place * 0.5 + 0.5;
    vec2 edge = abs(p.xy - 0.5);
    float fade = smoothstep(0.42, 0.495, max(edge.x, edge.y));
    if (fade >= 1.0 || p.z > 1.0 || u_weather.z < 2.0) return 1.0;
#if SOFT_SHADOW
    float t = 1.0 / u_weather.z;
    float lit = texture(u_shadow, vec3(p.xy + vec2(-0.9, -0.35) * t, p.z)) +
                texture(u_shadow, vec3(p.xy + vec2(0.35, -0.9) * t, p.z)) +
                texture(u_shadow, vec3(p.xy + vec2(0.9, 0.35) * t, p.z)) +
                texture(u_shadow, vec3(p.xy + vec2(-0.35, 0.9) * t, p.z));
    return mix(lit * 0.25, 1.0, fade);
#else
    return mix(texture(u_shadow, p), 1.0, fade);
#endif
}

vec3 sun_light()
{
    return SUN_COLOUR * (2.7 * u_weather.x * (1.0 - 0.93 * u_weather.y));
}

// from the sky above, from sunlit ground below
vec3 ambient(vec3 normal)
{
    vec3 clear = mix(vec3(0.25, 0.215, 0.175), vec3(0.40, 0.48, 0.62), normal.z * 0.5 + 0.5);
    vec3 grey = vec3(0.48, 0.50, 0.53) * (0.72 + 0.28 * normal.z);
    return mix(clear, grey, u_weather.y) * mix(0.07, 1.0, u_weather.x);
}

// aerial perspective and the tone curve: the last thing each surface does
vec4 finish(vec3 colour, vec3 place)
{
    float far = length(place);
    vec3 d = place / max(far, 1e-3);
    float reach = mix(950.0, 330.0, u_weather.y);
    float haze = 1.0 - exp(-pow(far / reach, 1.4));
    colour = mix(colour, sky(normalize(vec3(d.xy, max(d.z, 0.0) + 0.04))) * 0.94, haze);
    return vec4(tone(colour), 1.0);
}
