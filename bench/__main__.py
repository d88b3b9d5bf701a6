"""All benchmarks, one after the other; `--quick` for a look at the diagnosis alone."""

import sys

from . import checking, diagnosis, generator, ladder, main_thread, runtime, scale, search, steps

quick = "--quick" in sys.argv[1:]
diagnosis.main(["--quick"] if quick else [])
if not quick:
    checking.main()
    generator.main([])
    scale.main([])
    ladder.main()
    steps.main()
    main_thread.main()
    runtime.main([])
    search.main()
