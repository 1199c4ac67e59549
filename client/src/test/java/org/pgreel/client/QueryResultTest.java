package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

class QueryResultTest {

    private static final RowDescription COLUMNS = new RowDescription(List.of(
            FieldDescription.of("id", 23, 4), new FieldDescription("raw", 0, 0, 17, -1, -1, FormatCode.BINARY)));

    @Test
    void aRowGivesTextOrBytes() {
        Row row = new Row(Values.ofText("7", "ab"), COLUMNS);

        assertThat(row.text("id")).isEqualTo("7");
        assertThat(row.bytes(1)).isEqualTo(Bytes.utf8("ab"));
        assertThat(row.isNull(1)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> row.text("raw")).withMessageContaining("binary");
        assertThatIllegalArgumentException().isThrownBy(() -> row.text("other")).withMessageContaining("other");
        assertThat(row).isEqualTo(new Row(Values.ofText("7", "ab"), COLUMNS)).hasToString("row of 2 columns");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT 5, 5",
        "INSERT 0 3, 3",
        "COPY 9223372036854775807, 9223372036854775807",
        "COPY 9223372036854775808,",
        "SELECT 99999999999999999999,",
        "CREATE TABLE,",
        "'',",
    })
    void theTagTellsTheCountOfRows(String tag, Long count) {
        QueryResult result = new QueryResult(null, List.of(), List.of(), tag);

        assertThat(result.rowCount().isPresent()).isEqualTo(count != null);
        result.rowCount().ifPresent(rows -> assertThat(rows).isEqualTo(count));
    }

    @Test
    void onlyOneIsOnlyOne() {
        QueryResult empty = new QueryResult(COLUMNS, List.of(), List.of(), "SELECT 0");

        assertThatIllegalStateException().isThrownBy(empty::onlyRow);
        assertThatIllegalStateException().isThrownBy(() -> new QueryResults(List.of()).only());
        assertThat(new QueryResults(List.of(empty)).only()).isSameAs(empty);
    }

    @Test
    void parametersNeverShowTheirValues() {
        assertThat(Parameter.text("s3cr3t")).hasToString("text of 6 bytes");
        assertThat(Parameter.text(null)).isEqualTo(Parameter.ofNull()).hasToString("NULL");
        assertThat(Parameter.binary(23, Bytes.ofHex("00000001"))).hasToString("binary of 4 bytes");
    }

    @Test
    void whatTheWireCannotCarryIsRefusedWhereItIsGiven() {
        assertThatIllegalArgumentException().isThrownBy(() -> ParameterizedQuery.of("select \0", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterizedQuery.of("select", Collections.nCopies(65_536, Parameter.ofNull())))
                .withMessageContaining("65536");
    }
}
