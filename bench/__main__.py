"""All benchmarks, one after the other."""

from . import diagnosis, runtime

diagnosis.main()
runtime.main([])
