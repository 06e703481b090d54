// Clear sky with fair-weather clouds on a plane, and the sun's disc.
in vec2 v_screen;
uniform mat4 u_inverse;
out vec4 o_colour;

void main()
{
    vec4 far = u_inverse * vec4(v_screen, 1.0, 1.0);
    vec3 d = normalize(far.xyz / far.w);
    vec3 colour = sky(d);
#if DETAIL > 0
    if (d.z > 0.015) {
        vec2 p = d.xy / (d.z + 0.10) * 1.15 + vec2(3.7, 1.9);
        float f = 0.5 * noise(p) + 0.27 * noise(p * 2.1 + 3.0);
#if DETAIL > 1
        f += 0.14 * noise(p * 4.3) + 0.09 * noise(p * 9.1);
#else
        f += 0.17 * noise(p * 4.9) + 0.03;
#endif
        float cover = smoothstep(0.50, 0.76, f) * smoothstep(0.015, 0.16, d.z);
        float s = max(dot(d, u_sun), 0.0);
        vec3 cloud = mix(vec3(1.0, 0.965, 0.91), vec3(0.70, 0.73, 0.79), smoothstep(0.58, 0.95, f));
        cloud += SUN_COLOUR * 0.25 * s * s * s * s;
        colour = mix(colour, cloud * mix(0.02, 1.0, u_weather.x), cover * 0.75 * (1.0 - u_air.x));
        colour *= 1.0 - 0.22 * u_air.x * (f - 0.4); // an overcast sky has its own shades
    }
#endif
    colour += sun_light() * smoothstep(0.99955, 0.9998, dot(d, u_sun)) * 6.0 * (1.0 - u_air.x);
    o_colour = vec4(tone(colour), 1.0);
}
