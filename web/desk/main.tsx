import { boot } from '../shared/ui/boot.tsx';
import { Desk } from './desk.tsx';
import './desk.css';
import './line.css';

boot('console', <Desk />);
