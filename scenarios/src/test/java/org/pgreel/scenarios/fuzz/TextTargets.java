package org.pgreel.scenarios.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.connect.ConnectEnvironment;
import org.pgreel.client.connect.ConnectionStringException;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.Transcript;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.volatility.Volatility;
import org.pgreel.scenarios.file.CanonicalText;
import org.pgreel.scenarios.file.RedactionFile;
import org.pgreel.scenarios.file.ScenarioException;

/** What people write: what is read is printed so that it reads as the same. */
final class TextTargets {
    private static final ConnectEnvironment NOWHERE =
            new ConnectEnvironment(Map.of(), Path.of("/nonexistent"), "someone");

    private TextTargets() {}

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    static void transcript(byte[] input) {
        Transcript transcript;
        try {
            transcript = TranscriptParser.parse(text(input));
        } catch (NotationException refused) {
            return;
        }
        String printed = transcript.toString();
        FuzzTarget.same("a transcript", printed, TranscriptParser.parse(printed).toString());
        try {
            String canonical = transcript.canonical().toString();
            String again = TranscriptParser.parse(canonical).canonical().toString();
            FuzzTarget.same("a transcript in its canonical spelling", canonical, again);
        } catch (NotationException refused) {
            // A message that is none shows when it is spelled.
        }
    }

    static void script(byte[] input) {
        Script script;
        try {
            script = Script.parse(text(input));
        } catch (NotationException refused) {
            return;
        }
        FuzzTarget.same("a script", script.print(), Script.parse(script.print()).print());
        String canonical = script.canonical().print();
        FuzzTarget.same(
                "a script in its canonical spelling",
                canonical,
                Script.parse(canonical).canonical().print());
    }

    static void scenario(byte[] input) {
        try {
            String written = CanonicalText.ofScenario(CanonicalText.decoded(input, "fuzzed"), "fuzzed");
            FuzzTarget.same("a scenario", written, CanonicalText.ofScenario(written, "fuzzed"));
        } catch (ScenarioException refused) {
            FuzzTarget.same("the file that is named", "fuzzed", refused.file());
        }
    }

    static void redactionRules(byte[] input) {
        try {
            RedactionFile.parse(CanonicalText.decoded(input, "fuzzed"), "fuzzed");
        } catch (ScenarioException refused) {
            FuzzTarget.same("the file that is named", "fuzzed", refused.file());
        }
    }

    static void volatility(byte[] input) {
        Volatility volatility;
        try {
            volatility = Volatility.parse(text(input));
        } catch (NotationException refused) {
            return;
        }
        String printed = volatility.print();
        FuzzTarget.same("what differs", printed, Volatility.parse(printed).print());
    }

    static void connectionString(byte[] input) {
        ConnectOptionsBuilder builder;
        try {
            builder = ConnectOptions.builder(text(input), NOWHERE);
        } catch (ConnectionStringException refused) {
            return;
        }
        try {
            FuzzTarget.same("has a server", false, builder.build().addresses().isEmpty());
        } catch (IllegalArgumentException contradiction) {
            FuzzTarget.same(
                    "a reason",
                    false,
                    String.valueOf(contradiction.getMessage()).isBlank());
        }
    }
}
