package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.script.Script;

/** What a line leaves to the player is filled in when it is sent. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilledPlayTest {
    private static final String HEAD = "use login\nuse housekeeping\nstatement \"a\" {\nB RowDescription n:text\n";
    private static final String TAIL = "\nB CommandComplete \"SELECT 1\"\n}\nF end\n";

    private static List<String> answer(Script script) {
        var engine =
                new ScriptEngine(script, ServerSettings.DEFAULTS, Chunking.WHOLE, new InNovember(), PlayListener.NONE);
        var client = new TestConnection();
        client.connection = engine.opened("test", client);
        client.logsIn();
        client.says("F Query \"a\"");
        return client.hears();
    }

    @Test
    void nowIsTheTimeOfTheServer() {
        assertThat(answer(Script.parse(HEAD + "B DataRow <now>" + TAIL)))
                .contains("DataRow \"2026-11-21 10:20:30+00\"");
        assertThat(answer(Script.parse(HEAD + "B DataRow <date>" + TAIL))).contains("DataRow \"2026-11-21\"");
        assertThat(answer(Script.parse(HEAD + "B DataRow <time>" + TAIL))).contains("DataRow \"10:20:30\"");
    }

    @Test
    void theContentOfAFileIsSent() {
        Script script = Script.parse(HEAD + "B DataRow file\"cell\"*2" + TAIL, FilledPlayTest::read);

        assertThat(answer(script)).contains("DataRow \"{cell}{cell}\"");
    }

    @Test
    void aScriptWithoutItsFilesIsNotPlayed() {
        var run = new TestRun(HEAD + "B DataRow file\"cell\"" + TAIL);
        TestConnection client = run.connect().logsIn();

        client.says("F Query \"a\"");

        assertThat(run.verdict()).contains("the script cannot be played on").contains("file\"cell\"");
    }

    private static Bytes read(String name) throws IOException {
        if (!name.equals("cell")) {
            throw new IOException("no such file");
        }
        return Bytes.utf8("{" + name + "}");
    }

    /** No randomness, and a clock that stands. */
    private static final class InNovember implements Entropy {
        @Override
        public byte[] bytes(int count) {
            return new byte[count];
        }

        @Override
        public Instant now() {
            return Instant.parse("2026-11-21T10:20:30Z");
        }
    }
}
