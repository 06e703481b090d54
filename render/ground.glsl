// The land beside the avenue: lawn, meadow and trodden places by noise.
in vec3 v_place;
in vec3 v_normal;
in vec3 v_shadow;
uniform vec4 u_extra[16]; // 0: 1 on a test pad
out vec4 o_colour;

void main()
{
    vec2 p = v_place.xy + u_anchor.xy;
    vec3 n = normalize(v_normal);
    float broad = noise(p * 0.021), fine = 0.5;
#if DETAIL > 0
    float far = length(v_place);
#if DETAIL > 1
    fine = noise(p * 1.7) * 0.6 + noise(p * 5.3) * 0.4;
#else
    fine = noise(p * 2.3);
#endif
    fine = mix(fine, 0.5, smoothstep(30.0, 160.0, far));
#endif
    vec3 albedo = mix(vec3(0.088, 0.128, 0.048), vec3(0.165, 0.185, 0.080), broad * 0.75 + fine * 0.25);
    albedo *= 0.78 + 0.44 * fine;
#if DETAIL > 1
    albedo = mix(albedo, vec3(0.25, 0.225, 0.18), smoothstep(0.70, 0.86, noise(p * 0.043 + 7.0)) * 0.5);
#else
    albedo = mix(albedo, vec3(0.25, 0.225, 0.18), smoothstep(0.74, 0.90, broad) * 0.5);
#endif
    if (u_extra[0].x > 0.5) {
        // concrete slabs of 10 m, so that speed can be seen
        vec2 f = max(fwidth(p), vec2(1e-4)) * 0.1;
        float joint = max(dashes(p.x * 0.1, 0.008, f.x), dashes(p.y * 0.1, 0.008, f.y));
        albedo = vec3(0.235, 0.23, 0.22) * (0.80 + 0.22 * broad + 0.18 * fine) * (1.0 - 0.45 * joint);
    }
    albedo = snowed(albedo, n, 0.95);
    vec3 light = sun_light() * (max(dot(n, u_sun), 0.0) * sunlit(v_shadow)) + ambient(n) + lamps(v_place, n) * 0.5;
    o_colour = finish(albedo * light, v_place);
}
