import { openMemoryStore } from "../../../backend/storage/memory";
import { describeStore } from "./contract";

describeStore(() => ({ open: openMemoryStore, lasting: false }));
