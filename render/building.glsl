// Facades on instanced boxes: shop fronts, then one of five styles by the instance's number.
in vec3 v_place;
in vec3 v_normal;
in vec3 v_local;        // x, y in -0.5..0.5, z in 0..1
in vec3 v_local_normal;
in vec3 v_shadow;
flat in vec4 v_colour;  // wall; the fourth is the style 0..4, + 8 for an upper block without shops
flat in vec4 v_data;    // size in m, seed
out vec4 o_colour;

// the sky and a darker town in a window pane
vec3 pane(vec3 view, vec3 n, float random, float tilt)
{
    float fresnel = 0.10 + 0.75 * fourth(1.0 - max(dot(n, view), 0.0));
#ifdef FAR
    vec3 mirror = reflect(-view, n);
#else
    vec3 mirror = reflect(-view, normalize(n + vec3(tilt, tilt * 0.7, 0.0)));
#endif
    vec3 outside = mix(vec3(0.17, 0.165, 0.16) * u_weather.x, sky(mirror), smoothstep(-0.06, 0.22, mirror.z));
    vec3 room = mix(vec3(0.020, 0.024, 0.028), vec3(0.10, 0.095, 0.085), step(0.72, random) * 0.7);
#if NIGHT
    float warm = fract(random * 37.0);
    vec3 lamp = mix(vec3(1.0, 0.66, 0.32), vec3(0.75, 0.85, 1.0), step(0.8, warm)) *
                (step(0.50, random) * (1.0 - smoothstep(0.15, 0.5, u_weather.x)) * (0.25 + 0.75 * fract(random * 91.0)));
#else
    vec3 lamp = vec3(0.0);
#endif
    return room * mix(0.2, 1.0, u_weather.x) + lamp + outside * fresnel;
}

void main()
{
    vec3 n = normalize(v_normal), view = -normalize(v_place);
    vec3 size = v_data.xyz, p = v_local * size, albedo = v_colour.rgb;
    float style = mod(v_colour.a, 8.0), upper = step(7.5, v_colour.a), seed = v_data.w;
    float glass = 0.0, random = 0.5, occlusion = mix(0.62, 1.0, smoothstep(0.0, 7.0, p.z + upper * 10.0)), glow = 0.0;
    float tilt = 0.0;
    vec3 shine = vec3(0.0);
    if (abs(v_local_normal.z) < 0.5) {
        bool end = abs(v_local_normal.x) > 0.5;
        float u = (end ? p.y : p.x) + 0.5 * (end ? size.y : size.x), total = end ? size.y : size.x;
        float fu = max(fwidth(u), 1e-4), fz = max(fwidth(p.z), 1e-4);
        float ground = upper > 0.5 ? 0.0 : 4.6, floor_height = style > 2.5 && style < 3.5 ? 3.9 : 3.2;
        float z = p.z - ground, top = size.z - ground - 1.1;
        float axis = style < 0.5 ? 3.0 : style < 1.5 ? 1.5 : style < 2.5 ? 3.6 : style < 3.5 ? 1.25 : 2.4;
        float bays = max(floor(total / axis), 1.0);
        float x = u / total * bays, fx = fu * bays / total, y = z / floor_height, fy = fz / floor_height;
        vec2 cell = floor(vec2(x, y));
        random = hash21(cell + floor(seed * 91.0));
#ifndef FAR
        tilt = (hash21(cell * 1.7 + 3.0) - 0.5) * 0.10;
#endif
        float in_range = step(0.0, z) * step(z, top);
        // windows of a style: where they begin in a bay and how wide they are, the same up a floor; a band across
        vec4 cut = vec4(0.17, 0.66, 0.20, 0.60); // concrete frame, deep square windows
        vec2 band_at = vec2(0.0, 0.06);
        if (style < 0.5) cut = vec4(0.24, 0.52, 0.28, 0.52), band_at = vec2(0.0, 0.30); // flats
        else if (style < 1.5) cut = vec4(0.03, 0.94, 0.30, 0.56), band_at = vec2(0.26, 0.05); // office: ribbons
        else if (style < 2.5) cut = vec4(0.27, 0.46, 0.16, 0.66); // brick: tall windows between piers
        else if (style < 3.5) cut = vec4(0.045, 0.91, 0.20, 0.79); // curtain wall

        // flats have balconies every third bay
        float balcony = style < 0.5 ? step(mod(cell.x + floor(seed * 5.0), 3.0), 0.5) : 0.0;
        cut = mix(cut, vec4(0.08, 0.84, 0.30, 0.62), balcony);
        float wide = dashes(x - cut.x, cut.y, fx), high = dashes(y - cut.z, cut.w, fy);
        float band = dashes(y - band_at.x, band_at.y, fy) * in_range;
        if (style < 0.5) albedo = mix(albedo, albedo * 1.22 + 0.04, band * balcony * stripe(fract(x), 0.5, 0.86, fx));
        else if (style < 1.5) albedo *= 1.0 - 0.10 * band;
        else if (style < 2.5) albedo *= 0.92 + 0.14 * wide - 0.10 * band;
        else if (style < 3.5) albedo = mix(albedo * 0.55, albedo, 0.25), glow = 0.05;
        glass = wide * high * in_range;
        // the lintel's shadow on the pane, and the reveal
        float in_pane = fract(y);
        occlusion *= 1.0 - 0.35 * glass * smoothstep(0.62, 0.80, in_pane) * step(style, 2.9);
        bool shops = upper < 0.5 && p.z < ground;
        if (shops) {
            float shop = u / 5.2;
            glass = dashes(shop - 0.06, 0.88, fu / 5.2) * stripe(p.z, 1.85, 2.9, fz);
            random = hash21(vec2(floor(shop), 3.0) + floor(seed * 61.0));
            tilt = 0.0;
            float board = stripe(p.z, 3.85, 0.75, fz) * dashes(shop - 0.04, 0.92, fu / 5.2);
            vec3 sign_colour = random < 0.3 ? vec3(0.42, 0.05, 0.035) : random < 0.55 ? vec3(0.05, 0.16, 0.27)
                             : random < 0.8 ? vec3(0.46, 0.33, 0.10) : vec3(0.30, 0.31, 0.32);
            albedo = mix(albedo * 0.85, sign_colour, board);
#if NIGHT
            shine = sign_colour * board * 2.2 * (1.0 - smoothstep(0.15, 0.5, u_weather.x));
            random = max(random, 0.56); // shops are lit
#endif
        }
        float streak = 0.0;
#if DETAIL > 1
        streak = noise(vec2(u * 0.8, p.z * 0.12) + seed * 50.0);
#endif
        albedo *= 0.92 + 0.14 * streak;
    } else {
        albedo = snowed(mix(vec3(0.27, 0.265, 0.255), albedo, 0.25), v_local_normal, 1.0);
    }
    float facing = max(dot(n, u_sun), 0.0), lit = sunlit(v_shadow);
    vec3 wall = albedo * (sun_light() * (facing * lit) + ambient(n) * occlusion + lamps(v_place, n));
    vec3 panes = pane(view, n, random, tilt) * mix(0.75, 1.0, occlusion) + glow * albedo;
    vec3 h = normalize(view + u_sun);
    panes += sun_light() * (fourth(fourth(fourth(fourth(max(dot(normalize(n + vec3(tilt * 0.5)), h), 0.0))))) * lit * 1.5);
    o_colour = finish(mix(wall, panes, glass) + shine, v_place);
}
