package org.pgreel.protocol.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TranscriptErrorsTest {
    @Test
    void aWordThatIsNearlyRightIsNamed() {
        refused("B RedyForQuery I", 1, 3, "\"RedyForQuery\" is no message of the backend; did you mean ReadyForQuery?");
        refused("F query \"x\"", 1, 3, "\"query\" is no event of the frontend; expected one of connect, tls");
        refused("F ReadyForQuery I", 1, 3, "\"ReadyForQuery\" is no message of the frontend");
        refused("F Bind vals=[]", 1, 8, "\"vals\" is no field of Bind that is free");
        refused("F Bind value=[]", 1, 8, "did you mean values?");
        refused(
                "B RowDescription n:in4",
                1,
                18,
                "\"in4\" is no built-in type (others go by their OID); did you mean int");
        refused("B RowDescription n:int4/tabel=1", 1, 18, "did you mean table?");
        refused("G Query", 1, 1, "\"G\" is no beginning of a line; did you mean F?");
    }

    @Test
    void theLineAndColumnAreNamed() {
        refused("F Sync\n# fine\n  B DataRow \"1\" 2", 3, 17, "expected a string in quotes or x\"…\", not 2");
        refused("F Query \"abc", 1, 9, "the string has no end");
        refused("F Query \"a\\q\"", 1, 11, "expected \\\" \\\\ \\n");
        refused("F Query \"\\xg0\"", 1, 10, "expected two hexadecimal digits");
        refused("F Query x\"0\"", 1, 10, "expected pairs of hexadecimal digits");
        refused("F Query \"a\"b", 1, 9, "expected a blank");
        refused("F Query \"a\" \"b\"", 1, 13, "too much: the fields of Query are [sql]");
        refused("F Query \"a\" sql=\"b\"", 1, 13, "\"sql\" is no field of Query that is free");
        refused("F Query", 1, 3, "Query needs its sql");
        refused("F Query ...", 1, 9, "this belongs in a script");
        refused("B DataRow \"1\" !length=3", 1, 15, "this belongs in a script");
        refused("B ReadyForQuery X", 1, 17, "expected I (idle), T (in a transaction block) or E");
        refused("F Describe X", 1, 12, "expected S (a prepared statement) or P (a portal)");
        refused("F Execute \"\" many", 1, 14, "expected a number and not \"many\"");
        refused("F Execute \"\" 2147483648", 1, 14, "2147483648 is not within -2147483648 to 2147483647");
        refused("F Bind formats=binary", 1, 8, "expected a list in brackets");
        refused("F Bind values=[\"a\"", 1, 16, "expected \"]\" before the end of the line");
        refused("F Bind values=[\"a\" # c", 1, 16, "expected \"]\" before the end of the line");
        refused("B RowDescription int4", 1, 18, "expected a column, such as n:int4");
        refused("B ErrorResponse ERROR", 1, 17, "expected severity, SQLSTATE and message");
        refused("B ErrorResponse ERROR 42601 \"m\" DD=\"x\"", 1, 33, "expected a letter and not \"DD\"");
        refused("B SSLResponse SS", 1, 15, "expected one byte");
        refused("B BackendKeyData 1 x\"00\"", 1, 3, "A cancel key has 4 to 256 bytes and not 1");
        refused("F StartupMessage 2.0", 1, 3, "Protocol 2 is not written like protocol 3");
        refused("F Query \"a\\0\"", 1, 3, "The query holds a NUL at index 1");
        refused("B BackendKeyData <pid> x\"00000000\"", 1, 18, "expected a number");
        refused("F PasswordMessage <key>", 1, 19, "expected a string in quotes or x\"…\", not <key>");
        refused("B raw", 1, 3, "raw needs its bytes");
        refused("12+x B Sync", 1, 1, "expected a message number and seconds");
        refused("| x", 1, 3, "expected a number and not \"x\"");
        refused("note", 1, 5, "expected a value");
        refused("F", 1, 2, "expected the name of a message or event");
        refused("B 7", 1, 3, "expected the name of a message or event and not \"7\"");
        refused("@ ", 1, 3, "expected a name");
        refused("F Query " + "[".repeat(40), 1, 26, "lists are nested more than 16 deep");
    }

    private static void refused(String text, int line, int column, String problem) {
        assertThatThrownBy(() -> TranscriptParser.parse(text))
                .as(text)
                .isInstanceOfSatisfying(
                        NotationException.class,
                        e -> assertThat(e)
                                .hasMessageStartingWith("line " + line + ", column " + column + ": ")
                                .hasMessageContaining(problem));
    }

    @Test
    void aParameterThatCannotBeIsRefusedAtItsMessage() {
        assertThatThrownBy(() -> TranscriptParser.parse("F StartupMessage 3.0 user=\"a\0b\""))
                .isInstanceOf(NotationException.class)
                .hasMessageContaining("StartupMessage cannot be: ");
    }
}
