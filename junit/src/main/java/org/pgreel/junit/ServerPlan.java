package org.pgreel.junit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.catalogue.NoSuchScenarioException;
import org.pgreel.scenarios.file.Certificate;
import org.pgreel.scenarios.file.ScenarioClient;
import org.pgreel.scenarios.file.ScenarioException;
import org.pgreel.scenarios.file.ScenarioReader;

/**
 * What a test's server is to play. Immutable.
 *
 * @param name how a failure calls it, as {@code @Script} or {@code scenario "ssl-junk-byte"}
 * @param script what it plays
 * @param settings what holds around the connections
 * @param sslMode what the client has to ask of TLS
 * @param certificate what the server shows in a handshake
 * @param client what else the client has to ask for
 */
record ServerPlan(
        String name,
        org.pgreel.replay.script.Script script,
        ServerSettings settings,
        SslMode sslMode,
        Certificate certificate,
        ScenarioClient client) {
    private static final String FILE_SUFFIX = ".pgreel.yaml";

    private static final List<Class<? extends Annotation>> KINDS = List.of(Script.class, Scenario.class, Replay.class);

    /** Tells whether a script, a scenario or a recording stands at the class or method. */
    static boolean isPlanned(AnnotatedElement element) {
        return KINDS.stream().anyMatch(kind -> AnnotationSupport.isAnnotated(element, kind));
    }

    /**
     * Refuses a place that asks for two servers.
     *
     * @throws ExtensionConfigurationException if it does
     */
    static void requireOne(AnnotatedElement element) {
        List<String> kinds = KINDS.stream()
                .filter(kind -> AnnotationSupport.isAnnotated(element, kind))
                .map(kind -> "@" + kind.getSimpleName())
                .toList();
        if (kinds.size() > 1) {
            throw new ExtensionConfigurationException(
                    place(element) + " has both " + String.join(" and ", kinds) + "; a test has one server");
        }
    }

    /**
     * Returns what the class or method asks for; null if it asks for nothing.
     *
     * @throws ExtensionConfigurationException if that is no script, or no scenario; one sentence that says where
     */
    static @Nullable ServerPlan of(AnnotatedElement element) {
        Script script = AnnotationSupport.findAnnotation(element, Script.class).orElse(null);
        Scenario scenario =
                AnnotationSupport.findAnnotation(element, Scenario.class).orElse(null);
        if (script != null) {
            return ofScript("@Script on " + place(element), script.value(), Set.of(script.signals()))
                    .with(ServerSettings.DEFAULTS
                            .withAuthentication(script.auth(), ServerSettings.DEFAULTS.password())
                            .withTls(script.tls()));
        }
        return scenario == null ? null : ofScenario("@Scenario on " + place(element), scenario.value());
    }

    private static String place(AnnotatedElement element) {
        return element instanceof Method method
                ? method.getDeclaringClass().getSimpleName() + "." + method.getName()
                : ((Class<?>) element).getSimpleName();
    }

    /**
     * Returns a plan to play the script.
     *
     * @param where names it in a failure
     * @param signals the labels that the test signals
     */
    static ServerPlan ofScript(String where, String text, Set<String> signals) {
        try {
            var script = org.pgreel.replay.script.Script.parse(text, signals);
            return new ServerPlan(
                    where,
                    script,
                    ServerSettings.DEFAULTS,
                    SslMode.DISABLE,
                    Certificate.VALID,
                    ScenarioClient.DEFAULTS);
        } catch (NotationException wrong) {
            throw new ExtensionConfigurationException(where + ", " + wrong.getMessage(), wrong);
        }
    }

    /**
     * Returns a plan to play the scenario.
     *
     * @param where names it in a failure
     * @param name in the catalogue, or of a resource
     */
    static ServerPlan ofScenario(String where, String name) {
        try {
            var scenario = name.endsWith(FILE_SUFFIX) ? ofResource(where, name) : Scenarios.CATALOGUE.named(name);
            SslMode asked = scenario.client().sslMode();
            SslMode standard = scenario.server().tls() ? SslMode.REQUIRE : SslMode.DISABLE;
            return new ServerPlan(
                    "scenario " + scenario.name(),
                    scenario.script(),
                    scenario.settings(),
                    asked == null ? standard : asked,
                    scenario.server().certificate(),
                    scenario.client());
        } catch (NoSuchScenarioException | ScenarioException wrong) {
            throw new ExtensionConfigurationException(where + ": " + wrong.getMessage(), wrong);
        }
    }

    private static org.pgreel.scenarios.file.Scenario ofResource(String where, String name) {
        String yaml = resource(where, name);
        return ScenarioReader.parseResource(yaml, loader(), name);
    }

    private static ClassLoader loader() {
        return Thread.currentThread().getContextClassLoader();
    }

    private static String resource(String where, String name) {
        try (InputStream in = loader().getResourceAsStream(name)) {
            if (in == null) {
                throw new ExtensionConfigurationException(where + ": there is no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new ExtensionConfigurationException(where + ": " + name + " cannot be read", unreadable);
        }
    }

    /** Returns this plan with other settings; where they offer TLS, the client asks for it. */
    ServerPlan with(ServerSettings newSettings) {
        SslMode mode = newSettings.tls() && !sslMode.demandsTls() ? SslMode.REQUIRE : sslMode;
        return new ServerPlan(name, script, newSettings, mode, certificate, client);
    }

    /** Tells whether the client looks at certificates, and is told whom to trust. */
    boolean givesAuthority() {
        return certificate != Certificate.UNKNOWN_CA && sslMode.compareTo(SslMode.VERIFY_CA) >= 0;
    }

    /** Read when the first scenario is asked for. */
    private static final class Scenarios {
        static final Catalogue CATALOGUE = Catalogue.load();
    }
}
