package org.pgreel.client.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.Inflow;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.wire.Bytes;

/** Rows inside COPY data: found wherever the data is cut, written as they are read, and never believed. */
class CopyRowsTest {

    private static final Inflow NOTHING = new Inflow() {
        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void stop() {}
    };

    private final List<List<@Nullable String>> rows = new ArrayList<>();

    private final CopyRowReceiver receiver = cells -> {
        List<@Nullable String> row = new ArrayList<>();
        cells.forEach(cell -> row.add(cell == null ? null : cell.text()));
        rows.add(row);
    };

    /** Reads the data cut at each place, and returns the rows, which are the same each time. */
    private List<List<@Nullable String>> read(Function<CopyRowReceiver, CopyRows> reader, Bytes data) {
        List<List<@Nullable String>> expected = List.of();
        for (int cut = 0; cut <= data.length(); cut++) {
            rows.clear();
            CopyRows copy = reader.apply(receiver);
            copy.data(data.slice(0, cut));
            copy.data(data.slice(cut, data.length()));
            copy.completed();
            List<List<@Nullable String>> found = List.copyOf(rows);
            if (cut > 0) {
                assertThat(found).as("cut at " + cut).isEqualTo(expected);
            }
            expected = found;
        }
        return expected;
    }

    private List<List<@Nullable String>> text(String data) {
        return read(CopyRows::text, Bytes.utf8(data));
    }

    private List<List<@Nullable String>> csv(String data) {
        return read(to -> CopyRows.csv(to, CsvFormat.STANDARD), Bytes.utf8(data));
    }

    private static List<@Nullable String> row(@Nullable String... cells) {
        return Collections.unmodifiableList(Arrays.asList(cells));
    }

    private static List<@Nullable Bytes> cells(@Nullable Bytes... cells) {
        return Collections.unmodifiableList(Arrays.asList(cells));
    }

    @Test
    void textHasTabsAndEscapes() {
        assertThat(text("1\tone\n2\t\\N\n\t\n")).containsExactly(row("1", "one"), row("2", null), row("", ""));
        assertThat(text("a\\tb\\nc\\\\d\\re\\bf\\fg\\vh\\q\\\ti\n"))
                .containsExactly(row("a\tb\nc\\d\re\bf\fg\u000Bhq\ti"));
        assertThat(text("\\101\\x41\\x4\\xZ\\60\\7\n")).containsExactly(row("AA\u0004xZ0\u0007"));
        assertThat(text("")).isEmpty();
        assertThat(text("1\n\\.\n")).containsExactly(row("1"));
    }

    @Test
    void csvHasQuotes() {
        assertThat(csv("1,one\n2,\n3,\"\"\n")).containsExactly(row("1", "one"), row("2", null), row("3", ""));
        assertThat(csv("\"a,b\",\"c\"\"d\",\"e\nf\"\n")).containsExactly(row("a,b", "c\"d", "e\nf"));
        assertThat(csv("a\"b,c\"d\n")).containsExactly(row("ab,cd"));
        assertThat(csv("1\r\n2\r\n")).containsExactly(row("1"), row("2"));
        assertThat(csv("\n")).containsExactly(row((String) null));
    }

    @Test
    void csvMayHaveOtherCharactersAndAHeader() {
        CsvFormat format = new CsvFormat(';', '\'', '\\', "NULL", true);
        assertThat(read(to -> CopyRows.csv(to, format), Bytes.utf8("n;t\n1;'it\\'s; \\\\ \\n'\nNULL;'NULL'\n")))
                .containsExactly(row("1", "it's; \\ \\n"), row(null, "NULL"));
    }

    @Test
    void binaryHasLengths() {
        Bytes data = new BinaryCopyWriter(2)
                .row(cells(Bytes.utf8("one"), null))
                .row(cells(Bytes.EMPTY, Bytes.utf8("two")))
                .end();
        assertThat(read(CopyRows::binary, data)).containsExactly(row("one", null), row("", "two"));
        assertThat(read(CopyRows::binary, new BinaryCopyWriter(0).row(List.of()).end()))
                .containsExactly(row());
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Random random = new Random(42);
        String alphabet = "ab\t\n\r\\\",;'N.\u00e9\u65e5";
        List<List<@Nullable String>> table = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            List<@Nullable String> cells = new ArrayList<>();
            for (int column = 0; column < 3; column++) {
                StringBuilder cell = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    cell.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                cells.add(random.nextInt(5) == 0 ? null : cell.toString());
            }
            table.add(cells);
        }
        CsvFormat odd = new CsvFormat(';', '\'', '\\', "N", false);
        assertThat(written(table, TextCopyWriter.text(), CopyRows.text(receiver)))
                .isEqualTo(table);
        assertThat(written(table, TextCopyWriter.csv(CsvFormat.STANDARD), CopyRows.csv(receiver, CsvFormat.STANDARD)))
                .isEqualTo(table);
        assertThat(written(table, TextCopyWriter.csv(odd), CopyRows.csv(receiver, odd)))
                .isEqualTo(table);
    }

    private List<List<@Nullable String>> written(
            List<List<@Nullable String>> table, TextCopyWriter writer, CopyRows reader) {
        rows.clear();
        table.forEach(writer::row);
        assertThat(writer.length()).isPositive();
        reader.data(writer.take());
        assertThat(writer.length()).isZero();
        reader.completed();
        return rows;
    }

    @Test
    void aRowOfAnotherCountThanAnnouncedIsRefused() {
        CopyRows copy = CopyRows.text(receiver);
        copy.begins(new CopyOutResponse(0, List.of(0, 0)), NOTHING);
        copy.data(Bytes.utf8("1\tone\n"));

        assertThatThrownBy(() -> copy.data(Bytes.utf8("2\n")))
                .isInstanceOf(MalformedCopyException.class)
                .hasMessage("row 2 of the COPY data: 1 cells for 2 columns");
    }

    @Test
    void anotherFormatThanAnnouncedIsRefused() {
        assertThatThrownBy(() -> CopyRows.text(receiver).begins(new CopyOutResponse(1, List.of(1)), NOTHING))
                .isInstanceOf(MalformedCopyException.class)
                .hasMessageContaining("binary");
        assertThatThrownBy(() -> CopyRows.binary(receiver).begins(new CopyOutResponse(0, List.of(0)), NOTHING))
                .isInstanceOf(MalformedCopyException.class)
                .hasMessageContaining("text");
    }

    @Test
    void aRowThatNeverEndsIsRefusedAtTheLimit() {
        Bytes endless = Bytes.wrap(new byte[600]);
        for (CopyRows copy : List.of(CopyRows.text(receiver, 1000), CopyRows.csv(receiver, CsvFormat.STANDARD, 1000))) {
            copy.data(endless);
            assertThatThrownBy(() -> copy.data(endless))
                    .isInstanceOf(MalformedCopyException.class)
                    .hasMessageContaining("more than 1000 bytes");
        }
    }

    private static final String HEADER = "5047434f50590aff0d0a00";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5047434f50590aff0d0b00" + "0000000000000000",
                HEADER + "00010000" + "00000000",
                HEADER + "00000000" + "ffffffff",
                HEADER + "00000000" + "7fffffff",
                HEADER + "0000000000000000" + "0001" + "7fffffff",
                HEADER + "0000000000000000" + "0001" + "fffffffe",
                HEADER + "0000000000000000" + "0002" + "00000200" + "",
                HEADER + "0000000000000000" + "ffff" + "00",
            })
    void hostileBinaryDataIsRefused(String hex) {
        CopyRows copy = CopyRows.binary(receiver, 100);

        assertThatThrownBy(() -> copy.data(Bytes.ofHex(hex))).isInstanceOf(MalformedCopyException.class);
    }

    @Test
    void dataThatEndsInTheMiddleIsRefused() {
        for (String text : List.of("1", "1\t", "1\n\\", "\\N", "1\\x")) {
            CopyRows copy = CopyRows.text(receiver);
            copy.data(Bytes.utf8(text));
            assertThatThrownBy(copy::completed).as(text).isInstanceOf(MalformedCopyException.class);
        }
        for (String text : List.of("1", "1,", "\"1\n", "\"")) {
            CopyRows copy = CopyRows.csv(receiver, CsvFormat.STANDARD);
            copy.data(Bytes.utf8(text));
            assertThatThrownBy(copy::completed).as(text).isInstanceOf(MalformedCopyException.class);
        }
        CopyRows binary = CopyRows.binary(receiver);
        binary.data(new BinaryCopyWriter(1).row(cells(Bytes.EMPTY)).take());
        assertThatThrownBy(binary::completed).isInstanceOf(MalformedCopyException.class);
    }

    @Test
    void randomBytesAreReadOrRefused() {
        Random random = new Random(7);
        byte[] header = Bytes.ofHex(HEADER + "0000000000000000").toArray();
        for (int i = 0; i < 5000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            CopyRows binary = CopyRows.binary(receiver, 1000);
            binary.data(Bytes.wrap(header));
            for (CopyRows copy :
                    List.of(CopyRows.text(receiver, 1000), CopyRows.csv(receiver, CsvFormat.STANDARD, 1000), binary)) {
                try {
                    copy.data(Bytes.wrap(noise));
                    copy.completed();
                } catch (MalformedCopyException refused) {
                    assertThat(refused).hasMessageStartingWith("row ");
                }
            }
        }
    }

    @Test
    void writersRefuseWhatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BinaryCopyWriter(2).row(List.of(Bytes.EMPTY)));
        assertThatIllegalArgumentException().isThrownBy(() -> new BinaryCopyWriter(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextCopyWriter.text().row(List.of("a\0b")));
        assertThatIllegalArgumentException().isThrownBy(() -> new CsvFormat(',', ',', '"', "", false));
        BinaryCopyWriter ended = new BinaryCopyWriter(1);
        assertThat(ended.end().length()).isEqualTo(21);
        assertThat(ended.end().length()).isZero();
        assertThatThrownBy(() -> ended.row(List.of(Bytes.EMPTY))).isInstanceOf(IllegalStateException.class);
        assertThat(TextCopyWriter.csv(CsvFormat.STANDARD)
                        .row(List.of("\\."))
                        .take()
                        .toArray())
                .isEqualTo("\"\\.\"\n".getBytes(StandardCharsets.UTF_8));
    }
}
