package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** What who drives the client learns from the play. */
class DrivenPlayTest {
    private final List<String> heard = new ArrayList<>();

    private ScriptEngine engine(String script) {
        return new ScriptEngine(
                Script.parse(script), ServerSettings.DEFAULTS, Chunking.WHOLE, byte[]::new, new PlayListener() {
                    @Override
                    public void assigned(int connection) {
                        heard.add("assigned " + connection);
                    }

                    @Override
                    public void told(int connection, ScriptLine line) {
                        heard.add(connection + " " + line);
                    }
                });
    }

    private static TestConnection connect(ScriptEngine engine) {
        var connection = new TestConnection();
        connection.connection = engine.opened("test", connection);
        return connection;
    }

    @Test
    void toldLinesAreReportedWhenThePlayComesToThem() {
        ScriptEngine engine = engine("use login\n> query \"select 1\"\nF end\n@ pgSessionShutdown\n");
        TestConnection client = connect(engine);
        assertThat(heard).isEmpty();

        client.logsIn();
        assertThat(heard).containsExactly("assigned 1", "1 > query \"select 1\"");

        client.ends();
        assertThat(heard).last().isEqualTo("1 @ pgSessionShutdown");
    }

    @Test
    void aConnectionTellsWhetherItsEndMayComeNext() {
        ScriptEngine engine = engine("""
                connection 1 {
                  use login
                  await go
                  F silent 300ms
                  F end
                }
                connection 2 {
                  use login
                  signal go
                  either {
                    F end
                  } or {
                    statement "select 1" {
                      B CommandComplete "SELECT 0"
                    }
                  }
                }
                """);
        TestConnection first = connect(engine);
        assertThat(engine.standings()).extracting(Standing::waits).containsExactly(Standing.Wait.NOTHING);

        first.logsIn();
        assertThat(engine.standings()).extracting(Standing::waits).containsExactly(Standing.Wait.GATE);

        connect(engine).logsIn();
        assertThat(engine.standings())
                .extracting(Standing::waits)
                .containsExactly(Standing.Wait.CLIENT, Standing.Wait.END);
        assertThat(engine.standings().get(0).sent()).isGreaterThan(100);
    }

    @Test
    void aSingleCutFallsIntoTheWriteThatHoldsIt() {
        Chunking cut = Chunking.of("cut:7");

        assertThat(cut.word()).isEqualTo("cut:7");
        assertThat(cut.cuts(10, List.of(), 0)).containsExactly(7);
        assertThat(cut.cuts(10, List.of(), 5)).containsExactly(2);
        assertThat(cut.cuts(10, List.of(), 7)).isEmpty();
        assertThat(cut.cuts(7, List.of(), 0)).isEmpty();
    }

    @Test
    void whatAToldLineLeavesOutAtItsEndIsFree() {
        List<Value> came = List.of(Value.of("ServerError"), Value.of("57P01"));

        assertThat(ToldFields.fit(fields("< failed"), came)).isTrue();
        assertThat(ToldFields.fit(fields("< failed ServerError"), came)).isTrue();
        assertThat(ToldFields.fit(fields("< failed * 57P01"), came)).isTrue();
        assertThat(ToldFields.fit(fields("< failed ServerError 57P02"), came)).isFalse();
        assertThat(ToldFields.fit(fields("< failed ServerError 57P01 none"), came))
                .isFalse();
    }

    private static List<Field> fields(String line) {
        ScriptLine told =
                Script.parse("use login\nF end\n" + line + "\n").lines().get(2);
        return told.step() instanceof Step.Told step ? step.fields() : List.of();
    }
}
