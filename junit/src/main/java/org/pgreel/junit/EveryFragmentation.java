package org.pgreel.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test once for each way in which TCP may cut what the server says; in place of {@code @Test}.
 *
 * <p>Whole writes, one byte at a time, a cut one byte before, at and behind the end of each message, and cuts at places
 * that three seeds pick. The display name says which. {@code -Dpgreel.chunking=WORD} runs that one alone: {@code whole},
 * {@code bytes}, {@code bytes:N}, {@code frame-1}, {@code frame+0}, {@code frame+1}, {@code seed:N}, {@code cut:N}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ExtendWith(Fragmentations.class)
public @interface EveryFragmentation {}
