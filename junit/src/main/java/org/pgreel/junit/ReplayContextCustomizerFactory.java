package org.pgreel.junit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Points the database properties of Spring's test contexts at the recording of the class, so that no configuration names its
 * port. Found by Spring through {@code META-INF/spring.factories}; it needs Spring's test framework and nothing of Spring
 * Boot but the names of its properties.
 */
final class ReplayContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        for (Class<?> place = testClass; place != null; place = place.getEnclosingClass()) {
            Replay replay =
                    AnnotationSupport.findAnnotation(place, Replay.class).orElse(null);
            if (replay != null) {
                return new Customizer(replay);
            }
        }
        return null;
    }

    /** Equal for equal recordings, so that Spring keeps one context for all classes that share it. */
    private record Customizer(Replay replay) implements ContextCustomizer {
        private static final String NAME = "pgreel";
        private static final List<String> MIGRATIONS = List.of("spring.flyway", "spring.liquibase");

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            ReplayServer server = RecordedServers.of(replay, configuration.getTestClass());
            ConfigurableEnvironment environment = context.getEnvironment();
            var properties = new LinkedHashMap<String, Object>();
            properties.put("spring.datasource.url", server.jdbcUrl());
            properties.put("spring.datasource.username", server.user());
            properties.put("spring.datasource.password", server.password());
            properties.put("spring.r2dbc.url", server.r2dbcUrl());
            properties.put("spring.r2dbc.username", server.user());
            properties.put("spring.r2dbc.password", server.password());
            for (String migration : MIGRATIONS) {
                migration(migration, environment, server, properties);
            }
            environment.getPropertySources().addFirst(new MapPropertySource(NAME, properties));
        }

        /** Migrations use the data source unless the application gives them a connection of their own. */
        private static void migration(
                String prefix,
                ConfigurableEnvironment environment,
                ReplayServer server,
                Map<String, Object> properties) {
            if (environment.containsProperty(prefix + ".url")) {
                properties.put(prefix + ".url", server.jdbcUrl());
            }
            if (environment.containsProperty(prefix + ".url") || environment.containsProperty(prefix + ".user")) {
                properties.put(prefix + ".user", server.user());
                properties.put(prefix + ".password", server.password());
            }
        }
    }
}
