// Road surface in road coordinates (s along the axis, n to the left): every line is the integral of its pattern over
// the pixel, so that it stays sharp near by and fades to its mean far off. The virtual track's dashes come from the
// route's own records: v_dash counts them, the map holds their contrast. One text, three programs: with the sidewalk's
// PAVING, the general lanes alone, and with TRACKS.
in vec3 v_place;
in vec3 v_normal;
in vec2 v_uv;
in vec3 v_shadow;
#if TRACKS
in vec4 v_track; // n from the middle of up to four tracks
in vec4 v_dash;  // number of the dash pair here, and how far towards the next
uniform sampler2D u_map;
#endif
uniform vec4 u_contact[16];
// 0: half width, outer edge of the guided lanes left and right, kind (0 avenue, 1 side street)
// 1: lanes left: first line, width, count, chainage of a lamp on the right
// 2: lanes right: the same, and how many vehicle floors may darken this piece
// 3: half the row spacing, dash width, number of tracks, half width of the side streets
// 4, 5: junctions: chainage, half width, zebra, there
// 6..9: tracks: from, to, half the lane's width, painted
// 10..13: their dashes: first texel of the three levels, count
// 14: share of a dash in its period, of each track
uniform vec4 u_extra[16];
out vec4 o_colour;

#if TRACKS
const int WIDTH = 1024;

// contrast of the left and right dash, and how far beside the design they lie (0.5 = not at all, 2.55 m range)
vec3 record(float first, int level, float index, float count)
{
    float shift = level == 0 ? 1.0 : level == 1 ? 8.0 : 64.0;
    int texel = int(first + floor(clamp(index, 0.0, count - 1.0) / shift));
    return texelFetch(u_map, ivec2(texel % WIDTH, texel / WIDTH), 0).rgb;
}

// coverage of the left and right dash of a track, weighted by contrast
vec2 dash_cover(vec4 texels, float p, float f, float duty)
{
    if (p < -f || p > texels.w + f) return vec2(0.0);
    if (f > 0.8) {
        int level = f > 6.0 ? 2 : 1;
        return record(level == 2 ? texels.z : texels.y, level, p, texels.w).rg * dashes(p, duty, f);
    }
    vec2 sum = vec2(0.0);
    float first = floor(p - 0.5 * f);
    for (int i = 0; i < 2; i++) {
        float k = first + float(i);
        if (k < 0.0 || k >= texels.w) continue;
        float part = clamp(min(p + 0.5 * f, k + duty) - max(p - 0.5 * f, k), 0.0, f) / f;
        if (part > 0.0) sum += part * record(texels.x, 0, k, texels.w).rg;
    }
    return sum;
}

#endif

// dark under a vehicle's floor
float contact_shade(vec2 p)
{
    float open = 1.0;
    for (int i = 0; i < 8; i++) {
        if (float(i) >= u_extra[2].w) break;
        vec4 box = u_contact[2 * i], axis = u_contact[2 * i + 1];
        vec2 d = p - box.xy;
        if (dot(d, d) > 144.0) continue;
        vec2 q = abs(vec2(dot(d, axis.xy), dot(d, vec2(-axis.y, axis.x)))) - box.zw;
        float away = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0);
        open = min(open, smoothstep(-1.0, 1.25, away));
    }
    return mix(0.30, 1.0, open);
}

// pools of light under the lamps at both kerbs, which stand 30 m apart and face each other by turns
vec3 street_lamps(float s, float n)
{
    float reach = u_extra[0].x - 2.2, sum = 0.0;
    for (int side = 0; side < 2; side++) {
        float along = fract((s - (side == 0 ? 0.0 : 13.4) - u_extra[1].w) / 30.0 + 0.5) - 0.5;
        float across = n - (side == 0 ? -reach : reach);
        float d2 = square(along * 30.0) + square(across);
        sum += 1.0 / square(1.0 + d2 * 0.020);
    }
    return vec3(1.0, 0.80, 0.55) * (sum * 1.5 * (1.0 - smoothstep(0.15, 0.5, u_weather.x)));
}

// 1 on the sidewalk beside a junction whose corner is rounded off, 0 on the side street
float corner(float a, float b)
{
    const float radius = 4.0;
    if (a < 0.0) return 0.0;
    vec2 c = vec2(a, b);
    if (c.x < radius && c.y < radius) return inside(length(radius - c) - radius);
    return 1.0;
}

vec3 paving(float s, float n, float fs, float fn, float side)
{
    float joint = max(dashes(s * 1.6667, 0.05, fs * 1.6667), dashes(n * 1.6667 + 0.5, 0.05, fn * 1.6667));
    float tile = 0.5;
#if DETAIL > 0
    tile = mix(hash21(floor(vec2(s, n) * 1.6667 + vec2(0.0, 0.5))), 0.5, clamp(max(fs, fn) * 3.0 - 0.2, 0.0, 1.0));
#endif
    vec3 colour = mix(vec3(0.36, 0.335, 0.305), vec3(0.43, 0.405, 0.37), tile) * (1.0 - 0.28 * joint);
    float guide = stripe(side, 2.45, 0.42, fn);
    return mix(colour, vec3(0.58, 0.43, 0.13) * (0.85 + 0.15 * tile), guide * 0.85);
}

void main()
{
    float s = v_uv.x, n = v_uv.y, fs = max(fwidth(s), 1e-4), fn = max(fwidth(n), 1e-4);
    float half_width = u_extra[0].x, kind = u_extra[0].w, side = abs(n) - half_width;
    float far = length(v_place);
    vec2 p = v_place.xy + u_anchor.xy;

    // how near the next junction: negative inside it
    float away = 1e4, zebra = 0.0, from_junction = 0.0;
    for (int i = 4; i < 6; i++) {
        if (u_extra[i].w < 0.5) break;
        float d = abs(s - u_extra[i].x) - u_extra[i].y;
        if (d < away) {
            away = d;
            zebra = u_extra[i].z;
            from_junction = s - u_extra[i].x;
        }
    }
    if (kind > 0.5) {
        away = s - 1.0;
        zebra = 1.0;
    }

    float coarse = 0.5, grain = 0.5;
#if DETAIL > 0
#if DETAIL > 1
    coarse = noise(vec2(s * 0.09, n * 0.55) + 11.0) * 0.55 + noise(p * 0.31) * 0.45;
#else
    coarse = noise(vec2(s * 0.12, n * 0.50) + 11.0);
#endif
    if (far < 60.0) grain = mix(noise(p * 6.7), 0.5, smoothstep(12.0, 60.0, far));
#endif
    vec3 albedo;
    float gloss = 0.03, ruts = 0.0;
    float walk = step(0.0, side);
    if (walk > 0.5 && kind < 0.5 && away < 0.0) walk = corner(away + u_extra[4].y - u_extra[3].w, side);
#if !PAVING
    walk = 0.0;
#endif
    if (walk > 0.5) {
#if PAVING
        albedo = paving(s, n, fs, fn, side) * (0.80 + 0.40 * coarse);
        float kerb = stripe(side, 0.08, 0.17, fn);
        albedo = mix(albedo, vec3(0.47, 0.46, 0.44) * (1.0 - 0.35 * dashes(s, 0.02, fs)), kerb);
#endif
    } else {
        albedo = vec3(0.066, 0.068, 0.073) * (0.70 + 0.42 * coarse + 0.22 * grain);

        // lines of the general lanes
        float lines = step(0.0, away - 6.2 * zebra);
        float white = stripe(abs(n), half_width - 0.45, 0.15, fn) * lines, yellow = 0.0;
        for (int i = 1; i < 3; i++) {
            float sign_n = i == 1 ? n : -n;
            float lane = (sign_n - u_extra[i].x) / u_extra[i].y, f = fn / u_extra[i].y;
            float first = floor(lane + 0.5);
            if (first >= 1.0 && first < u_extra[i].z) {
                float line = stripe(lane, first, 0.15 / u_extra[i].y, f);
                white = max(white, line * dashes(s / 10.0, 0.4, fs / 10.0) * lines);
            }
            // wheels polish two strips of a lane, oil darkens its middle
            if (lane > 0.0 && lane < u_extra[i].z) {
#if SNOW
                ruts = max(ruts, 1.0 - smoothstep(0.05, 0.13, abs(abs(fract(lane) - 0.5) - 0.24)));
#endif
                float across = fract(lane) - 0.5;
                albedo *= 1.0 + 0.10 * exp2(-square((abs(across) - 0.24) * 10.8)) - 0.12 * exp2(-across * across * 101.0);
            }
        }

        // guided lanes: coloured surface, edge lines, two rows of dashes
        float guided = 0.0, keep = 1.0;
        vec2 marks = vec2(0.0);
#if TRACKS
        for (int i = 0; i < 4; i++) {
            if (float(i) >= u_extra[3].z) break;
            vec4 track = u_extra[6 + i];
            if (s < track.x || s > track.y || kind > 0.5) continue;
            float d = v_track[i], wide = track.z;
            guided = max(guided, stripe(d, 0.0, 2.0 * wide, fn));
            keep *= 1.0 - stripe(d, 0.0, 2.3, fn);
            float worn = stripe(abs(d), 1.05, 0.42, fn);
            albedo *= 1.0 - 0.13 * worn;
            ruts = max(ruts, worn);
            if (track.w < 0.5) continue;
            yellow = max(yellow, stripe(abs(d), wide - 0.06, 0.14, fn) * lines);
            vec2 cover = dash_cover(u_extra[10 + i], v_dash[i], max(fwidth(v_dash[i]), 1e-4), u_extra[14][i]);
            d -= (record(u_extra[10 + i].x, 0, v_dash[i], u_extra[10 + i].w).b * 255.0 - 128.0) * 0.01;
            vec2 rows = vec2(stripe(d, u_extra[3].x, u_extra[3].y, fn), stripe(d, -u_extra[3].x, u_extra[3].y, fn));
            marks = max(marks, cover * rows);
        }
        vec3 brick = vec3(0.150, 0.075, 0.055) * (0.62 + 0.52 * coarse + 0.26 * grain);
        albedo = mix(albedo, brick, guided * mix(0.45, 0.9, step(0.0, away)));
#endif
        float inner = max(marks.x, marks.y);

        // zebra crossings and stop lines
        if (zebra > 0.5) {
            float band = stripe(away, 3.1, 4.0, fs);
            float bars = band * dashes(n / 0.9 + 0.25, 0.5, fn / 0.9) * step(side, -0.5) * mix(1.0, keep, 1.0 - kind);
            white = max(white, bars);
            float oncoming = kind > 0.5 ? n : from_junction * n;
            white = max(white, stripe(away, 6.6, 0.35, fs) * step(0.0, oncoming) * step(side, -0.6));
        }
        if (kind > 0.5) yellow = max(stripe(abs(n), 0.14, 0.12, fn) * lines, yellow);

        float wear = 1.0;
#if DETAIL > 0
        wear = 0.86 + 0.14 * smoothstep(0.25, 0.6, grain);
#endif
        albedo = mix(albedo, vec3(0.70, 0.70, 0.69), white * 0.88 * wear);
        albedo = mix(albedo, vec3(0.70, 0.43, 0.055), yellow * 0.85 * wear);
        albedo = mix(albedo, vec3(0.80, 0.80, 0.80), clamp(inner, 0.0, 1.0) * wear);
        gloss = 0.06;
    }

    vec3 normal = normalize(v_normal), view = -normalize(v_place);
    float facing = max(dot(normal, u_sun), 0.0), lit = sunlit(v_shadow), open = contact_shade(v_place.xy);
    float wet = u_weather.y, pool = 0.0;
#if WET
    // water fills what lies low: puddles mirror, the rest is dark and shines
    float low = noise(vec2(s * 0.16, n * 0.75) + 5.0) * 0.65 + noise(vec2(s * 0.7, n * 1.6)) * 0.35;
    pool = smoothstep(0.56, 0.74, low) * smoothstep(0.1, 0.6, wet) * (walk > 0.5 ? 0.3 : 1.0);
    albedo *= mix(1.0, 0.55, wet) * mix(1.0, 0.8, pool);
#endif
#if SNOW
    // traffic wears two strips of every lane free
    float rut = walk > 0.5 ? 0.0 : ruts;
    albedo = snowed(albedo, normal, mix(1.0, 0.25, rut) * (0.75 + 0.25 * coarse));
#endif
    vec3 colour = albedo * (sun_light() * (facing * lit) * mix(0.7, 1.0, open) + (ambient(normal) + lamps(v_place, normal)) * open);
    float glance = 1.0 - max(dot(normal, view), 0.0), fresnel = fourth(glance) * glance;
    vec3 mirror = reflect(-view, normal);
#if WET
    float shine = mix(gloss * 1.6 * fresnel, 0.03 + 0.85 * mix(fresnel, square(glance), 0.35), wet * mix(0.5, 0.9, pool));
    vec3 above = mix(haze_colour(mirror) * 0.55, sky(vec3(mirror.xy, abs(mirror.z))), smoothstep(0.03, 0.30, abs(mirror.z)));
    colour = mix(colour, above, clamp(shine, 0.0, 1.0) * open);
#else
    colour += haze_colour(mirror) * (fresnel * gloss * 1.6 * mix(0.3, 1.0, lit) * open);
#endif
#if NIGHT
    colour += (albedo + 0.25 * wet * glance) * street_lamps(s, n) * (kind > 0.5 ? 0.5 : 1.0);
#endif
    o_colour = finish(colour, v_place);
}
