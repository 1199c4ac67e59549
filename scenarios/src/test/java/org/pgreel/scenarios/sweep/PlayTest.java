package org.pgreel.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.protocol.wire.Direction;

@Timeout(60)
class PlayTest {
    private final Subject subject = new Subject(Golden.named("simple"));

    private SweptStream backend() {
        return subject.streams().stream()
                .filter(stream -> stream.direction() == Direction.BACKEND)
                .findFirst()
                .orElseThrow();
    }

    private Fault fault(String word, boolean boundary, int at) {
        Tamper tamper = Tampers.all(Direction.BACKEND).stream()
                .filter(each -> each.word().startsWith(word))
                .findFirst()
                .orElseThrow();
        return new Fault(backend(), tamper, boundary, at);
    }

    @Test
    void theSameFaultGivesTheSameRunEventForEvent() {
        Fault fault = fault("corrupt-3", false, 400);

        assertThat(Play.of(subject, fault).text())
                .isEqualTo(Play.of(subject, fault).text());
    }

    @Test
    void aStallOfAnHourTakesNoTime() {
        Trace trace = Play.of(subject, fault("stall", false, 500));

        assertThat(trace.elapsed())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(5))
                .isLessThan(Duration.ofMinutes(30));
        assertThat(Sweep.judge(subject, fault("stall", false, 500), trace)).isEmpty();
    }

    @Test
    void aMessageThatComesTwiceIsNoRowOfAnother() {
        int row = backend().names().indexOf("DataRow");

        Trace trace = Play.of(subject, fault("duplicate", true, row));

        assertThat(trace.fired()).isTrue();
        assertThat(trace.text()).containsPattern("(?s)(row \"3141592\".*){3}");
    }

    @Test
    void aCorruptedByteIsCorruptedOnce() {
        int row = backend().names().indexOf("DataRow");
        int lastByte = backend().boundaries().get(row + 1) - 1;

        Trace trace = Play.of(subject, fault("corrupt-0", false, lastByte));

        assertThat(trace.text()).contains("row \"3141593\"").contains("row \"3141592\"");
    }
}
