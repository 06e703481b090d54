// The land beside the avenue: lawn, meadow and trodden places by noise.
in vec3 v_place;
in vec3 v_normal;
in vec3 v_shadow;
out vec4 o_colour;

void main()
{
    vec2 p = v_place.xy + u_anchor.xy;
    vec3 n = normalize(v_normal);
    float broad = noise(p * 0.021), fine = 0.5;
#if DETAIL > 0
    float far = length(v_place);
    fine = mix(noise(p * 1.7) * 0.6 + noise(p * 5.3) * 0.4, 0.5, smoothstep(30.0, 160.0, far));
#endif
    vec3 albedo = mix(vec3(0.088, 0.128, 0.048), vec3(0.165, 0.185, 0.080), broad * 0.75 + fine * 0.25);
    albedo *= 0.78 + 0.44 * fine;
    albedo = mix(albedo, vec3(0.25, 0.225, 0.18), smoothstep(0.70, 0.86, noise(p * 0.043 + 7.0)) * 0.5);
    vec3 light = sun_light() * (max(dot(n, u_sun), 0.0) * sunlit(v_shadow)) + ambient(n);
    o_colour = finish(albedo * light, v_place);
}
