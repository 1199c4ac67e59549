package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;

/**
 * Every state and message against the checked-in table {@code docs/conversation-matrix.md}. To write it anew:
 * {@code mvn -pl client test -Dtest=MatrixTest -Dpgreel.golden.write=true}.
 */
final class MatrixTest {
    private static final Path GOLDEN = Path.of("..", "docs", "conversation-matrix.md");

    @Test
    void theMatrixIsTheOneThatIsCheckedIn() throws IOException {
        if (Boolean.getBoolean("pgreel.golden.write")) {
            Files.writeString(GOLDEN, Matrix.text());
        }
        assertThat(Matrix.text()).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void thereIsASampleForEveryMessage() {
        assertThat(classes(Samples.FRONTEND.values())).containsAll(leaves(FrontendMessage.class));
        assertThat(classes(Samples.BACKEND.values())).containsAll(leaves(BackendMessage.class));
    }

    @Test
    void thereIsARowForEveryState() {
        List<Class<?>> reached = new ArrayList<>();
        MatrixRows.ALL.forEach(row -> reached.add(row.fold().getClass()));
        assertThat(reached).containsAll(leaves(Conversation.class));
    }

    @Test
    void whatIsNoViolationNamesWhatIsOwed() {
        for (ScriptedSession row : MatrixRows.ALL) {
            Conversation at = row.fold();
            assertThat(at.expectedFromBackend()).as(row.name()).isNotBlank();
            assertThat(at.readyOwed().least())
                    .as(row.name())
                    .isLessThanOrEqualTo(at.readyOwed().most());
        }
    }

    private static List<Class<?>> classes(Iterable<? extends Message> messages) {
        List<Class<?>> classes = new ArrayList<>();
        messages.forEach(message -> classes.add(message.getClass()));
        return classes;
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        return Stream.of(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? leaves(type).stream() : Stream.of(type))
                .toList();
    }
}
