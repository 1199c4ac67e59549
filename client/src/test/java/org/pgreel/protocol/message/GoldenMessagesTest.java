package org.pgreel.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.message.GoldenMessages.Form;
import org.pgreel.protocol.message.GoldenMessages.Row;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.FrameSink;
import org.pgreel.protocol.wire.FrameSplitter;
import org.pgreel.protocol.wire.FrameSplitter.Mode;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;

class GoldenMessagesTest {
    static Stream<Row> rows() {
        return GoldenMessages.ALL.stream();
    }

    static Stream<Row> framedRows() {
        return rows().filter(row -> row.form() != Form.ANSWER);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aMessageIsWrittenAsTheManualSays(Row row) {
        assertThat(row.message().toBytes()).isEqualTo(row.bytes());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theBytesAreReadAsTheMessage(Row row) {
        Message read = row.decode(row.body());

        assertThat(read).isEqualTo(row.message()).hasSameHashCodeAs(row.message());
        assertThat(read.name()).isEqualTo(row.message().name());
    }

    @ParameterizedTest
    @MethodSource("framedRows")
    void everyProperPrefixOfTheFrameIsNoMessage(Row row) {
        byte[] whole = row.bytes().toArray();
        for (int length = 0; length < whole.length; length++) {
            List<String> found = new ArrayList<>();
            FrameSplitter splitter = splitter(row);
            splitter.feed(whole, 0, length, noting(found));
            assertThat(found).as("of %d bytes", length).isEmpty();
            assertThat(splitter.atBoundary()).isEqualTo(length == 0);
            assertThat(splitter.takeUnfinished()).isEqualTo(row.bytes().slice(0, length));
        }
    }

    @ParameterizedTest
    @MethodSource("framedRows")
    void everyProperPrefixOfTheBodyIsRefused(Row row) {
        byte[] body = row.body();
        for (int length = 0; length < body.length; length++) {
            byte[] prefix = Arrays.copyOf(body, length);
            if (row.openFrom() >= 0 && length >= row.openFrom()) {
                assertThat(row.decode(prefix)).isNotEqualTo(row.message());
            } else {
                assertThatThrownBy(() -> row.decode(prefix))
                        .as("of %d bytes", length)
                        .isInstanceOf(MalformedMessageException.class)
                        .hasMessageContaining(" at byte ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("framedRows")
    void oneByteTooManyIsRefused(Row row) {
        byte[] longer = Arrays.copyOf(row.body(), row.body().length + 1);
        if (row.openFrom() >= 0) {
            assertThat(row.decode(longer)).isNotEqualTo(row.message());
        } else {
            assertThatThrownBy(() -> row.decode(longer)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void everyMessageOfEachDirectionHasARow() {
        Set<String> present = rows().map(
                        row -> direction(row) + row.message().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> permitted = new TreeSet<>();
        leaves(FrontendMessage.class).forEach(type -> permitted.add(Direction.FRONTEND + type.getSimpleName()));
        leaves(BackendMessage.class).forEach(type -> permitted.add(Direction.BACKEND + type.getSimpleName()));

        assertThat(present).isEqualTo(permitted).hasSizeGreaterThan(55);
    }

    @Test
    void everyMessageIsARecord() {
        assertThat(leaves(Message.class)).allMatch(Class::isRecord);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyMessageReachesItsOwnHandler(Row row) {
        String simpleName = row.message().getClass().getSimpleName();
        assertThat(Dispatched.nameOf(row.message())).isEqualTo("on" + simpleName);
    }

    private static Direction direction(Row row) {
        return row.form() == Form.FRONTEND || row.form() == Form.UNTYPED ? Direction.FRONTEND : Direction.BACKEND;
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(GoldenMessagesTest::leaves)
                        .distinct()
                : Stream.of(type);
    }

    private static FrameSplitter splitter(Row row) {
        return new FrameSplitter(
                direction(row), WireLimits.DEFAULTS, row.form() == Form.UNTYPED ? Mode.UNTYPED : Mode.TYPED);
    }

    private static FrameSink noting(List<String> found) {
        return new FrameSink() {
            @Override
            public void frame(byte type, byte[] buffer, int bodyFrom, int bodyTo) {
                found.add("frame of " + (bodyTo - bodyFrom));
            }

            @Override
            public void negotiationByte(byte answer) {
                found.add("byte");
            }

            @Override
            public void oversized(byte type, long bodyLength) {
                found.add("oversized");
            }
        };
    }
}
