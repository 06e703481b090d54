// Things with a colour a vertex: cars, people, platforms, lamp posts, wheels, hedges.
in vec3 v_place;
in vec3 v_normal;
in vec2 v_uv;      // how far the instance tints, glow
in vec4 v_paint;   // colour, gloss
in vec3 v_shadow;
flat in vec4 v_colour;
out vec4 o_colour;

#if DETAIL > 0
#define SKY sky
#else
#define SKY haze_colour
#endif

void main()
{
    vec3 n = normalize(v_normal), view = -normalize(v_place);
    if (dot(n, view) < 0.0) n = -n;
    vec3 albedo = snowed(v_paint.rgb * mix(vec3(1.0), v_colour.rgb, v_uv.x), n, 0.9);
    float gloss = v_paint.a;
    float facing = max(dot(n, u_sun), 0.0), lit = sunlit(v_shadow);
    vec3 colour = albedo * (sun_light() * (facing * lit) + ambient(n) * mix(0.75, 1.0, n.z * 0.5 + 0.5) + lamps(v_place, n));
    if (gloss > 0.01) {
        vec3 mirror = reflect(-view, n), h = normalize(view + u_sun);
        float glance = 1.0 - max(dot(n, view), 0.0), fresnel = 0.04 + 0.96 * fourth(glance) * glance;
        vec3 around = mix(vec3(0.16, 0.15, 0.14) * u_weather.x, SKY(mirror), smoothstep(-0.15, 0.12, mirror.z));
        colour += around * (gloss * (0.06 + fresnel));
        colour += sun_light() * (gloss * lit * facing * fourth(fourth(fourth(max(dot(n, h), 0.0)))) * 0.9);
    }
#if NIGHT
    colour += albedo * v_uv.y * mix(7.0, 2.5, u_weather.x);
#else
    colour += albedo * v_uv.y * 2.5;
#endif
    o_colour = finish(colour, v_place);
}
