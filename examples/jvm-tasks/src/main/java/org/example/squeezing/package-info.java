/** Feature squeezing in plain Java, an example of JVM tasks. */
@NullMarked
package org.example.squeezing;

import org.jspecify.annotations.NullMarked;
