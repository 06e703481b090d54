// Road surface in road coordinates (s along the axis, n to the left): every line is the integral of its pattern over
// the pixel, so that it stays sharp near by and fades to its mean far off. The virtual track's dashes come from the
// route's own records: v_dash counts them, the map holds their contrast. One text, three programs: with the sidewalk's
// PAVING, the general lanes alone, and with TRACKS; of those one more for where they lie
// APART; and each once more for a STRETCH of the avenue without a junction.
in vec3 v_place;
in vec2 v_uv;
in vec3 v_shadow;
#if TRACKS
in vec4 v_track; // n from the middle of up to four tracks
in vec4 v_dash;  // number of the dash pair here, and how far towards the next
uniform sampler2D u_map;
#endif
// 0: half width, outer edge of the guided lanes left and right, kind (0 avenue, 1 side street)
// 1: lanes left: first line, width, count, chainage of a lamp on the right
// 2: lanes right: first line, width, count, -
// 3: half the row spacing, dash width, number of tracks, half width of the side streets
// 4, 5: junctions: chainage, half width, zebra, there
// 6..9: tracks: from, to, half the lane's width, painted
// 10..13: their dashes: first texel of the three levels, count
// 14: share of a dash in its period, of each track
// 15: dashes a metre
uniform vec4 u_extra[16];
#if MIRROR
uniform sampler2D u_mirror; // what stands on the road, upside down; nothing where the sky is
uniform vec2 u_size;
#endif
out vec4 o_colour;

#if TRACKS
const uint WIDTH = 1024u;

// contrast of the left and right dash, and how far beside the design they lie (0.5 = not at all, 2.55 m range)
vec3 record(float first, float index)
{
    uint texel = uint(first + index);
    return texelFetch(u_map, ivec2(texel & (WIDTH - 1u), texel / WIDTH), 0).rgb;
}

// coverage of the left and right dash of a track, weighted by contrast; how far beside the design they lie, m. Two
// look-ups: near by of single dashes, farther off once of the mean of eight or of 64
vec3 dash_cover(vec4 texels, float p, float f, float duty)
{
    float shift = f > 6.0 ? 0.015625 : f > 0.8 ? 0.125 : 1.0, table = f > 6.0 ? texels.z : f > 0.8 ? texels.y : texels.x;
    float low = p - 0.5 * f, high = p + 0.5 * f, first = clamp(floor(low), 0.0, texels.w - 1.0);
    float next = min(first + 1.0, texels.w - 1.0), there = step(-f, p) * step(p, texels.w + f);
    vec3 a = record(table, floor((f > 0.8 ? clamp(p, 0.0, texels.w - 1.0) : first) * shift)), b = record(texels.x, next);
    vec2 parts = clamp(min(vec2(high), vec2(first, next) + duty) - max(vec2(low), vec2(first, next)), 0.0, f) / f;
    if (next <= first) parts.y = 0.0;
    vec2 cover = f > 0.8 ? a.rg * dashes(p, duty, f) : a.rg * parts.x + b.rg * parts.y;
    return vec3(cover * there, f > 0.8 ? 0.0 : ((high > next && p > next ? b.b : a.b) * 255.0 - 128.0) * 0.01);
}

#endif

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
    return vec3(1.0, 0.86, 0.66) * (sum * 1.4 * (1.0 - smoothstep(0.15, 0.5, u_weather.x)));
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
#ifdef STRETCH
    const float kind = 0.0;
#else
    float kind = u_extra[0].w;
#endif
    float half_width = u_extra[0].x, side = abs(n) - half_width;
    float far = length(v_place);
    vec2 p = v_place.xy + u_anchor.xy;

    // how near the next junction: negative inside it
    float away = 1e4, zebra = 0.0, from_junction = 0.0;
#ifndef STRETCH
    for (int i = 4; i < 6; i++) {
        float d = u_extra[i].w > 0.5 ? abs(s - u_extra[i].x) - u_extra[i].y : 1e4;
        bool nearer = d < away;
        zebra = nearer ? u_extra[i].z : zebra;
        from_junction = nearer ? s - u_extra[i].x : from_junction;
        away = min(away, d);
    }
    away = kind > 0.5 ? s - 1.0 : away;
    zebra = kind > 0.5 ? 1.0 : zebra;
#endif

    float coarse = 0.5, grain = 0.5;
#if DETAIL > 0
#if DETAIL > 1
    coarse = noise(vec2(s * 0.09, n * 0.55) + 11.0) * 0.55 + noise(p * 0.31) * 0.45;
#else
    coarse = noise(vec2(s * 0.12, n * 0.50) + 11.0);
#endif
    grain = mix(noise(p * 6.7), 0.5, smoothstep(12.0, 60.0, far));
#endif
    vec3 albedo;
    float gloss = 0.03, ruts = 0.0;
    float walk = step(0.0, side);
    #if PAVING
    if (walk > 0.5 && kind < 0.5 && away < 0.0) walk = corner(away + u_extra[4].y - u_extra[3].w, side);
#else
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
        vec4 lanes = n > 0.0 ? u_extra[1] : u_extra[2];
        float lane = (abs(n) - lanes.x) / lanes.y, first = floor(lane + 0.5);
        float line = stripe(lane, first, 0.15 / lanes.y, fn / lanes.y) * step(1.0, first) * step(first, lanes.z - 0.5);
        white = max(white, line * dashes(s * 0.1, 0.4, fs * 0.1) * lines);
        // wheels polish two strips of a lane, oil darkens its middle
        float on_lane = step(0.0, lane) * step(lane, lanes.z), across = fract(lane) - 0.5;
#if SNOW
        ruts = on_lane * (1.0 - smoothstep(0.05, 0.13, abs(abs(across) - 0.24)));
#endif
        albedo *= 1.0 + on_lane * (0.10 * max(1.0 - square((abs(across) - 0.24) * 7.2), 0.0) -
                                   0.12 * max(1.0 - across * across * 50.0, 0.0));

        // guided lanes: coloured surface, edge lines, two rows of dashes
        float guided = 0.0, keep = 1.0;
        vec2 marks = vec2(0.0);
#if TRACKS
#ifdef APART
        // where the tracks of a piece lie apart, the nearest is the only one that can be here
        vec4 track = u_extra[6], texels = u_extra[10];
        float d = 1e3, number = 0.0, duty = 0.0;
        for (int i = 0; i < 4; i++) {
            bool nearer = abs(v_track[i]) < abs(d) && s > u_extra[6 + i].x && s < u_extra[6 + i].y;
            track = nearer ? u_extra[6 + i] : track;
            texels = nearer ? u_extra[10 + i] : texels;
            d = nearer ? v_track[i] : d;
            number = nearer ? v_dash[i] : number;
            duty = nearer ? u_extra[14][i] : duty;
        }
        {
#else
        for (int i = 0; i < 4; i++) {
            if (float(i) >= u_extra[3].z) break;
            vec4 track = u_extra[6 + i], texels = u_extra[10 + i];
            float d = v_track[i], number = v_dash[i], duty = u_extra[14][i];
#endif
            float wide = track.z, here = step(track.x, s) * step(s, track.y) * (1.0 - kind) * step(abs(d), 500.0);
            float ink = here * step(0.5, track.w);
            guided = max(guided, stripe(d, 0.0, 2.0 * wide, fn) * here);
            keep *= 1.0 - stripe(d, 0.0, 2.3, fn) * here;
            float worn = stripe(abs(d), 1.05, 0.42, fn) * here;
            albedo *= 1.0 - 0.13 * worn;
            ruts = max(ruts, worn);
            yellow = max(yellow, stripe(abs(d), wide - 0.06, 0.14, fn) * lines * ink);
            vec3 cover = dash_cover(texels, number, max(fs * u_extra[15].x, 1e-4), duty);
            vec2 rows = vec2(stripe(d - cover.z, u_extra[3].x, u_extra[3].y, fn),
                             stripe(d - cover.z, -u_extra[3].x, u_extra[3].y, fn));
            marks = max(marks, cover.xy * rows * ink);
        }
        vec3 brick = vec3(0.150, 0.075, 0.055) * (0.62 + 0.52 * coarse + 0.26 * grain);
        albedo = mix(albedo, brick, guided * mix(0.45, 0.9, step(0.0, away)));
#endif
        float inner = max(marks.x, marks.y);

#ifndef STRETCH
        // zebra crossings and stop lines
        float band = stripe(away, 3.1, 4.0, fs), crossed = step(0.5, zebra);
        float bars = band * dashes(n / 0.9 + 0.25, 0.5, fn / 0.9) * step(side, -0.5) * mix(1.0, keep, 1.0 - kind);
        float oncoming = kind > 0.5 ? n : from_junction * n;
        white = max(white, crossed * max(bars, stripe(away, 6.6, 0.35, fs) * step(0.0, oncoming) * step(side, -0.6)));
        yellow = max(stripe(abs(n), 0.14, 0.12, fn) * lines * kind, yellow);
#endif

        float wear = 1.0;
#if DETAIL > 0
        wear = 0.86 + 0.14 * smoothstep(0.25, 0.6, grain);
#endif
        albedo = mix(albedo, vec3(0.70, 0.70, 0.69), white * 0.88 * wear);
        albedo = mix(albedo, vec3(0.70, 0.43, 0.055), yellow * 0.85 * wear);
        albedo = mix(albedo, vec3(0.80, 0.80, 0.80), clamp(inner, 0.0, 1.0) * wear);
        gloss = 0.06;
    }

    const vec3 normal = vec3(0.0, 0.0, 1.0); // as the mesh has it
    vec3 view = -v_place / far;
    float facing = max(dot(normal, u_sun), 0.0), lit = sunlit(v_shadow);
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
    vec3 colour = albedo * (sun_light() * (facing * lit) + ambient(normal) + lamps(v_place, normal));
    float glance = 1.0 - max(dot(normal, view), 0.0), fresnel = fourth(glance) * glance;
    vec4 air = haze(v_place);
#if WET
    vec3 mirror = reflect(-view, normal);
    float shine = mix(gloss * 1.6 * fresnel, 0.03 + 0.85 * mix(fresnel, square(glance), 0.35), wet * mix(0.5, 0.9, pool));
    vec3 above = mix(haze_colour(mirror) * 0.55, sky(vec3(mirror.xy, abs(mirror.z))), smoothstep(0.03, 0.30, abs(mirror.z)));
    colour = mix(colour, above, clamp(shine, 0.0, 1.0));
#else
    colour += air.rgb * (fresnel * gloss * 1.6 * mix(0.3, 1.0, lit));
#endif
#if NIGHT
    colour += (albedo + 0.25 * wet * glance) * street_lamps(s, n) * (kind > 0.5 ? 0.5 : 1.0);
#endif
    o_colour = finish(colour, air);
#if MIRROR
    // still in a puddle, drawn out towards the eye by the grain of wet asphalt
    vec2 at = gl_FragCoord.xy / u_size, wave = vec2(noise(p * 7.0), noise(p * 7.0 + 19.0)) - 0.5;
    float reach = mix(0.045, 0.006, pool);
    at += wave * vec2(0.010, 0.022) * mix(1.0, 0.35, pool);
    vec4 image = vec4(0.0);
    for (int i = -2; i <= 2; i++) image += texture(u_mirror, at + vec2(0.0, float(i) * 0.5 * reach)) * 0.2;
    float part = mix(1.0, 1.25, pool) * clamp(shine, 0.0, 0.8) * (1.0 - air.a);
    o_colour.rgb = mix(o_colour.rgb, image.rgb / max(image.a, 1e-3), min(image.a * part, 1.0));
#endif
}
