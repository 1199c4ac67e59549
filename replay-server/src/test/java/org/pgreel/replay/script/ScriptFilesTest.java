package org.pgreel.replay.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.protocol.transcript.NotationException;

/** {@code file"…"} stands for the content of a file beside the script, and of no other. */
class ScriptFilesTest {
    @TempDir
    private Path directory;

    @Test
    void aScriptWithItsFilesPrintsAsItWas() throws IOException {
        Files.write(directory.resolve("rows.bin"), new byte[] {1, 2, 3});

        Script script = Script.parse("B raw file\"rows.bin\"\n", new FilesBelow(directory));

        assertThat(script.print()).isEqualTo("B raw file\"rows.bin\"\n");
        assertThat(Script.parse(script.print()).print()).isEqualTo(script.print());
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> Script.parse("use login\nB raw file\"gone.bin\"\n", new FilesBelow(directory)))
                .isInstanceOf(NotationException.class)
                .hasMessage("line 2, column 11: the file \"gone.bin\" cannot be read: there is no such file in "
                        + directory);
    }

    @Test
    void aFileOutsideIsNotRead() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Files.write(directory.resolve("secret"), new byte[] {1});

        for (String name :
                new String[] {"../secret", directory.resolve("secret").toString(), "", ".."}) {
            assertThatThrownBy(() -> Script.parse("B raw file\"" + name + "\"\n", new FilesBelow(inner)))
                    .isInstanceOf(NotationException.class)
                    .hasMessageContaining("it lies outside of the script's directory");
        }
    }

    @Test
    void aFileThatFitsInNoMessageIsRefused() throws IOException {
        Path large = directory.resolve("large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(FilesBelow.LARGEST + 1L);
        }

        assertThatThrownBy(() -> Script.parse("B raw file\"large\"\n", new FilesBelow(directory)))
                .hasMessageContaining("it holds more than 16 MiB");
    }
}
