package io.dioptra.worker.queue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with each release of rq in turn: the oldest this worker speaks to, and the newest. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@ValueSource(strings = {"rq-2.6.1", "rq-2.12.0", "rq-3.0.0"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@interface EachRelease {}
